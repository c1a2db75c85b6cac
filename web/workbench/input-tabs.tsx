'use client';

import { Stack, Tabs } from '@mantine/core';
import dynamic from 'next/dynamic';
import type { ReportedFinding } from '#domain/report.ts';
import { CodeEditor } from '../editor/code-editor.tsx';
import { BatchList } from './batch-list.tsx';
import { FileBar } from './file-bar.tsx';
import { FindingsLine } from './findings-line.tsx';
import { useLiveFindings } from './use-live-findings.ts';
import type { WorkbenchState } from './use-workbench.ts';

const PromptInput = dynamic(() => import('./prompt-input.tsx').then((module) => module.PromptInput), {
  ssr: false,
});

const NO_FINDINGS: readonly ReportedFinding[] = [];

/** What a run begins with: code, or a prompt. */
export function InputTabs({ draft, changeDraft, files, choices }: WorkbenchState) {
  return (
    <Tabs
      value={draft.tab}
      onChange={(tab) => changeDraft({ tab: tab === 'prompt' ? 'prompt' : 'code' })}
      keepMounted={false}
    >
      <Tabs.List mb="sm">
        <Tabs.Tab value="prompt">Prompt</Tabs.Tab>
        <Tabs.Tab value="code">Code</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="code">
        <Stack gap="xs">
          <FileBar draft={draft} refused={files.refused} onFiles={files.take} onTests={files.takeTests} />
          {files.batch.length > 0 ? (
            <BatchList programs={files.batch} onClear={files.clear} />
          ) : (
            <CodeInput code={draft.code} policy={choices.policy} onChange={(code) => changeDraft({ code })} />
          )}
        </Stack>
      </Tabs.Panel>
      <Tabs.Panel value="prompt">
        <PromptInput prompt={draft.prompt} onChange={(prompt) => changeDraft({ prompt })} />
      </Tabs.Panel>
    </Tabs>
  );
}

type CodeInputProps = {
  code: string;
  policy: WorkbenchState['choices']['policy'];
  onChange: (code: string) => void;
};

function CodeInput({ code, policy, onChange }: CodeInputProps) {
  const findings = useLiveFindings(code, policy);
  return (
    <>
      <CodeEditor
        label="Python code"
        value={code}
        onChange={onChange}
        findings={findings.file?.findings ?? NO_FINDINGS}
        minHeight="clamp(18rem, 62vh, 36rem)"
      />
      <FindingsLine {...findings} />
    </>
  );
}
