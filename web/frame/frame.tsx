'use client';

import {
  ActionIcon,
  AppShell,
  Burger,
  Group,
  NavLink,
  Stack,
  useComputedColorScheme,
  useMantineColorScheme,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { Brand } from './brand.tsx';
import classes from './frame.module.css';
import { MoonIcon, SunIcon } from './icons.tsx';
import { isCurrent, screens } from './navigation.ts';

/** Header, navigation and the place of the screen. */
export function Frame({ children }: { children: ReactNode }) {
  const [isOpen, menu] = useDisclosure(false);
  const pathname = usePathname();
  const links = screens.map(({ href, label }) => ({ href, label, current: isCurrent(href, pathname) }));
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 240, breakpoint: 'sm', collapsed: { desktop: true, mobile: !isOpen } }}
      padding="md"
    >
      <a href="#main" className="skip-link">
        Skip to the content
      </a>
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="lg" wrap="nowrap">
            <Link href="/" className={classes.brand} aria-label="SGCode, to the workbench">
              <Brand />
            </Link>
            <nav aria-label="Screens" className={classes.links}>
              {links.map(({ href, label, current }) => (
                <Link
                  key={href}
                  href={href}
                  className={classes.link}
                  aria-current={current ? 'page' : undefined}
                >
                  {label}
                </Link>
              ))}
            </nav>
          </Group>
          <Group gap="xs" wrap="nowrap">
            <SchemeSwitch />
            <Burger
              opened={isOpen}
              onClick={menu.toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label={isOpen ? 'Close the menu' : 'Open the menu'}
            />
          </Group>
        </Group>
      </AppShell.Header>
      {isOpen && (
        <AppShell.Navbar p="sm" hiddenFrom="sm">
          <Stack gap={4}>
            {links.map(({ href, label, current }) => (
              <NavLink
                key={href}
                component={Link}
                href={href}
                label={label}
                active={current}
                onClick={menu.close}
              />
            ))}
          </Stack>
        </AppShell.Navbar>
      )}
      <AppShell.Main id="main" tabIndex={-1} className={classes.main}>
        <div className={classes.width}>{children}</div>
      </AppShell.Main>
    </AppShell>
  );
}

function SchemeSwitch() {
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: true });
  const other = scheme === 'dark' ? 'light' : 'dark';
  return (
    <ActionIcon
      variant="subtle"
      size="lg"
      aria-label={`Switch to ${other} colors`}
      onClick={() => setColorScheme(other)}
    >
      {scheme === 'dark' ? <SunIcon /> : <MoonIcon />}
    </ActionIcon>
  );
}
