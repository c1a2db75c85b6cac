import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '../frame/page.css';
import { mantineHtmlProps } from '@mantine/core';
import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { Frame } from '../frame/frame.tsx';
import { Providers } from '../frame/providers.tsx';

export const metadata: Metadata = {
  title: { default: 'SGCode', template: '%s · SGCode' },
  description: 'Secures Python code and proves that it still does what it did.',
  referrer: 'no-referrer',
  robots: { index: false, follow: false },
};

export const viewport: Viewport = { width: 'device-width', initialScale: 1, colorScheme: 'light dark' };

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" {...mantineHtmlProps}>
      <head>
        <script src="/color-scheme.js" />
      </head>
      <body>
        <Providers>
          <Frame>{children}</Frame>
        </Providers>
      </body>
    </html>
  );
}
