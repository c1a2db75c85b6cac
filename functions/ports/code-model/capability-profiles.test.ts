import { describe, expect, it } from '@jest/globals';
import { profileOf, profileRows } from './capability-profiles.ts';

const nameFor = (host: string, model: string) =>
  profileRows.find((row) => row.host.test(host) && row.model.test(model))?.name;

describe('what a server is known to take', () => {
  it.each([
    ['api.openai.com', 'gpt-5', 'OpenAI, reasoning'],
    ['api.openai.com', 'gpt-5.4-mini', 'OpenAI, reasoning'],
    ['api.openai.com', 'gpt-6-sol', 'OpenAI, reasoning'],
    ['api.openai.com', 'gpt-6.1-terra', 'OpenAI, reasoning'],
    ['api.openai.com', 'o3-mini-2025-01-31', 'OpenAI, reasoning'],
    ['api.openai.com', 'gpt-5-chat-latest', 'OpenAI, with schemas'],
    ['api.openai.com', 'gpt-4o-2024-11-20', 'OpenAI, with schemas'],
    ['api.openai.com', 'ft:gpt-4.1-mini:us:x', 'OpenAI, with schemas'],
    ['api.openai.com', 'gpt-4-turbo', 'OpenAI'],
    ['us.openai.azure.com', 'gpt-5-mini', 'Azure, reasoning'],
    ['us.openai.azure.com', 'production', 'Azure'],
    ['bedrock-mantle.us-east-1.api.aws', 'openai.gpt-6-luna', 'Bedrock, reasoning'],
    ['bedrock-runtime.eu-west-1.amazonaws.com', 'openai.gpt-oss-120b', 'Bedrock'],
    ['generativelanguage.googleapis.com', 'gemini-3.5-flash-lite', 'Gemini'],
    ['api.mistral.ai', 'codestral-latest', 'Mistral'],
    ['localhost:11434', 'gpt-oss:20b', 'Ollama'],
    ['192.168.1.7:11434', 'qwen3-coder', 'Ollama'],
    ['127.0.0.1:1234', 'x', 'LM Studio'],
    ['127.0.0.1:8000', 'x', 'vLLM'],
    ['[::1]:8080', 'x', 'llama.cpp'],
    ['models.example:8000', 'x', 'unknown'],
    ['api.openai.com.evil.example', 'gpt-5', 'unknown'],
    ['models.example', 'foo1-gpt-4', 'unknown'],
  ])('%s %s: the row %s', (host, model, name) => {
    expect(nameFor(host, model)).toBe(name);
  });

  it('sends models that reason no temperature, and the limit where they read it', () => {
    expect(profileOf('api.openai.com', 'gpt-6-luna')).toMatchObject({
      tokenLimit: 'max_completion_tokens',
      temperature: false,
      seed: false,
    });
  });

  it('limits an answer of Ollama in the only field that it reads', () => {
    expect(profileOf('127.0.0.1:11434', 'gpt-5')).toMatchObject({ tokenLimit: 'max_tokens' });
  });

  it('lets rows of one’s own go first', () => {
    const profile = { ...profileOf('x', 'y'), seed: false };
    const rows = [{ name: 'mine', host: /^x$/, model: /^y$/, profile }];

    expect(profileOf('x', 'y', rows).seed).toBe(false);
    expect(profileOf('x', 'z', rows).seed).toBe(true);
  });
});
