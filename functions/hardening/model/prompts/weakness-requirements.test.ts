import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Parser } from 'web-tree-sitter';
import { banditRules } from '#domain/bandit-rules.ts';
import { OperatorNameSchema } from '#domain/operators.ts';
import { createFileBlobStore } from '#ports/blob-store/file-blob-store.ts';
import { analyzeCode } from '#ports/worker/analyze-code.ts';
import { createProcessWorker } from '#ports/worker/process-worker.ts';
import type { Worker } from '#ports/worker/worker.ts';
import { loadPythonParser } from '../../plan-edits/graph/python-parser.ts';
import { quotedMessage } from './one-line.ts';
import { operatorPatterns } from './operator-patterns.ts';
import { isWellFormed } from './python-texts.ts';
import type { Remedy } from './remedy.ts';
import { cweRemedies, remedyFor, ruleRemedies } from './weakness-requirements.ts';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

const remedies: [string, Remedy][] = [
  ...Object.entries(operatorPatterns),
  ...Object.entries(ruleRemedies),
  ...Object.entries(cweRemedies),
];

const IMPORTS = `import ftplib, hashlib, jinja2, logging.config, mako.template, marshal, os, paramiko, pickle, random
import requests, ssl, subprocess, tarfile, telnetlib, tempfile, torch, urllib.request, xml.dom.minidom, xml.etree.ElementTree, yaml
from Crypto.Cipher import AES, DES
from Crypto.PublicKey import RSA
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from django.utils.safestring import mark_safe
from flask import Flask
from markupsafe import Markup
from pysnmp.hlapi import CommunityData, UsmUserData
from transformers import AutoModel
app = Flask(__name__)
client = paramiko.SSHClient()
tar = tarfile.open('a.tar')
`;

/** Rules that Bandit keeps to whatever a program does, or whose pattern shows another rule of the same operator. */
const NOT_SHOWN = new Set('B404 B411 B601 B603 B606 B702'.split(' '));

/** A pattern as code of its own. */
function complete(code: string): string {
  if (code.startsWith('except')) return `try:\n    pass\n${code}\n`;
  const body = code.endsWith(':') ? `${code}\n    pass` : code;
  return `def f():\n    ${body.replaceAll('\n', '\n    ')}\n`;
}

describe('remedies', () => {
  let parser: Parser;
  let worker: Worker;
  let blobDir: string;
  beforeAll(async () => {
    parser = await loadPythonParser();
    blobDir = await mkdtemp(join(tmpdir(), 'sgcode-remedies-'));
    worker = createProcessWorker({
      python: path('../../../../.venv/bin/python'),
      packageDir: path('../../../worker'),
      blobDir,
      size: 1,
    });
  });
  afterAll(async () => {
    await worker.close();
    await rm(blobDir, { recursive: true, force: true });
  });

  async function rulesIn(code: string): Promise<string[]> {
    const blobStore = createFileBlobStore(blobDir);
    const program = code.startsWith('import ') ? `${code}\n` : IMPORTS + complete(code);
    const bytes = new TextEncoder().encode(program);
    const [analysis] = await analyzeCode({ blobStore, worker }, { code: bytes, analyzers: ['bandit'] });
    const first = program.startsWith(IMPORTS) ? IMPORTS.split('\n').length : 1;
    expect(analysis?.status).toBe('analyzed');
    return (analysis?.findings ?? []).filter(({ line }) => line >= first).map(({ rule }) => rule);
  }

  it('are there for every operator', () => {
    expect(Object.keys(operatorPatterns)).toEqual(OperatorNameSchema.options);
  });

  it('are there for every rule', () => {
    const { requirement } = remedyFor({ rule: 'unknown', cwe: null, operator: null });
    for (const { id, cwe, operator } of banditRules) {
      const remedy = remedyFor({ rule: id, cwe: operator === null ? null : cwe, operator });
      expect([id, remedy.requirement === requirement]).toEqual([id, false]);
    }
  });

  it('are there for every weakness that a rule is about', () => {
    const known = banditRules.map(({ cwe }) => cwe).filter((cwe) => cweRemedies[cwe] !== undefined);
    expect(new Set(known)).toEqual(new Set(banditRules.map(({ cwe }) => cwe)));
  });

  it.each(remedies)('say in one sentence what %s asks for', (_name, { requirement }) => {
    expect(requirement).toMatch(/^[A-Z][^\n]+\.$/);
    expect(quotedMessage(requirement, 300)).toBe(requirement);
  });

  it.each(remedies)('show code that parses for %s', (_name, { pattern }) => {
    for (const code of pattern) expect([code, isWellFormed(parser, complete(code))]).toEqual([code, true]);
  });

  const shown = Object.entries(ruleRemedies).filter(
    ([id, { pattern }]) => !NOT_SHOWN.has(id) && pattern[0] !== '',
  );
  it.each(shown)('show what %s finds, and what it does not', async (id, { pattern: [before, after] }) => {
    const found = await rulesIn(before);
    expect(found).not.toEqual([]);
    const meant = found.includes(id) ? [id] : found;
    expect((await rulesIn(after)).filter((rule) => meant.includes(rule))).toEqual([]);
  });

  const ofOperators = OperatorNameSchema.options.filter((name) =>
    banditRules.some((rule) => rule.operator === name),
  );
  it.each(ofOperators)('show what a rule of %s finds, and what none does', async (name) => {
    const rules = banditRules.filter(({ operator }) => operator === name).map(({ id }) => id);
    const [before, after] = operatorPatterns[name].pattern;
    const visible = before.replace('<U+202E>', '\u202e');
    const code = name === 'logged-exception' ? before.replace('OSError', 'Exception') : visible;
    expect((await rulesIn(code)).filter((rule) => rules.includes(rule))).not.toEqual([]);
    expect((await rulesIn(after)).filter((rule) => rules.includes(rule))).toEqual([]);
  });
});
