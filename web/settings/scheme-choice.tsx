'use client';

import { SegmentedControl, useMantineColorScheme } from '@mantine/core';
import { SettingsSection } from './settings-section.tsx';

const SCHEMES = [
  { value: 'auto', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];

/** Light, dark, or as the system has it. */
export function SchemeChoice() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <SettingsSection title="Colors" about="Kept by this browser.">
      <SegmentedControl
        aria-label="Colors"
        data={SCHEMES}
        value={colorScheme}
        onChange={(value) => setColorScheme(value === 'light' || value === 'dark' ? value : 'auto')}
      />
    </SettingsSection>
  );
}
