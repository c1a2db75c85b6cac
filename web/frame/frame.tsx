'use client';

import { ActionIcon, Burger, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
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
  return (
    <>
      <a href="#main" className={classes.skip}>
        Skip to the content
      </a>
      <header className={classes.header}>
        <Link href="/" className={classes.brand} aria-label="SGCode, to the workbench" onClick={menu.close}>
          <Brand />
        </Link>
        <nav id="screens" aria-label="Screens" className={classes.links} data-open={isOpen || undefined}>
          {screens.map(({ href, label }) => (
            <Link
              key={href}
              href={href}
              className={classes.link}
              aria-current={isCurrent(href, pathname) ? 'page' : undefined}
              onClick={menu.close}
            >
              {label}
            </Link>
          ))}
        </nav>
        <SchemeSwitch />
        <Burger
          opened={isOpen}
          onClick={menu.toggle}
          hiddenFrom="sm"
          size="sm"
          aria-expanded={isOpen}
          aria-controls="screens"
          aria-label={isOpen ? 'Close the menu' : 'Open the menu'}
        />
      </header>
      <main id="main" tabIndex={-1} className={classes.main}>
        {children}
      </main>
    </>
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
