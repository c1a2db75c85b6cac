import { Group, Text } from '@mantine/core';

/** The mark, a check between brackets, and the name. */
export function Brand() {
  return (
    <Group gap={8} wrap="nowrap">
      <svg width="26" height="26" viewBox="0 0 32 32" fill="none" aria-hidden="true">
        <title>SGCode</title>
        <path d="M11 5H6v22h5M21 5h5v22h-5" stroke="currentColor" strokeWidth="2.6" strokeLinecap="round" />
        <path
          d="M11.5 16.5l3.4 3.4 6-7.4"
          stroke="#3a9474"
          strokeWidth="3"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
      <Text span fw={700} size="lg" lts="-0.01em">
        SGCode
      </Text>
    </Group>
  );
}
