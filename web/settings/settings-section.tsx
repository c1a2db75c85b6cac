import { Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';

type SettingsSectionProps = { title: string; about: string; children?: ReactNode };

/** One matter of the settings. */
export function SettingsSection({ title, about, children }: SettingsSectionProps) {
  const id = useId();
  return (
    <Stack component="section" gap="sm" aria-labelledby={id}>
      <div>
        <Title order={2} size="h3" id={id}>
          {title}
        </Title>
        <Text size="sm" c="dimmed">
          {about}
        </Text>
      </div>
      {children}
    </Stack>
  );
}
