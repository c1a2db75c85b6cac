import { Textarea } from '@mantine/core';

type PromptInputProps = { prompt: string; onChange: (prompt: string) => void };

/** Takes in what a model is to write. */
export function PromptInput({ prompt, onChange }: PromptInputProps) {
  return (
    <Textarea
      label="What the program is to do"
      description="A model writes it; what it wrote is then analyzed and secured."
      placeholder="A Flask route that finds books by title in SQLite …"
      autosize
      minRows={12}
      maxRows={24}
      maxLength={20_000}
      value={prompt}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
