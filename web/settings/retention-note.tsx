import { Anchor, List } from '@mantine/core';
import Link from 'next/link';
import { SettingsSection } from './settings-section.tsx';

/** What is kept, where and how long; `isLocal` is undefined while that is not known. */
export function RetentionNote({ isLocal }: { isLocal: boolean | undefined }) {
  return (
    <SettingsSection
      title="What is kept"
      about="Deleting a run removes all that it left, at once and for good."
    >
      <List size="sm" spacing={4}>
        {isLocal === true && (
          <List.Item>
            Runs, code and reports stay on this machine, in the folder .sgcode, until you delete them in the{' '}
            <Anchor component={Link} href="/history">
              history
            </Anchor>
            .
          </List.Item>
        )}
        {isLocal === false && (
          <List.Item>
            Runs, code and reports are yours alone, and are deleted by themselves when their time is up, or
            before by you in the{' '}
            <Anchor component={Link} href="/history">
              history
            </Anchor>
            .
          </List.Item>
        )}
        <List.Item>
          Keys for models stay in this tab; with a run they are sealed, and deleted when it is over.
        </List.Item>
        <List.Item>Findings while you type come from an analysis of which nothing is kept.</List.Item>
        <List.Item>This browser keeps your choices, your list of models and the draft of this tab.</List.Item>
      </List>
    </SettingsSection>
  );
}
