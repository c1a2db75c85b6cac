import { countedFindings } from '#domain/acceptance.ts';
import type { BenchmarkRecord } from '#domain/benchmark-record.ts';
import type { Light } from '#domain/gates.ts';
import type { RunServices } from '#hardening/local-runner.ts';
import { behaviorGate } from '#hardening/run-programs/behavior-gate.ts';
import { countTokens } from '#ports/count-tokens.ts';
import { sha256 } from '../data-sets/hashes.ts';
import type { Item, ItemSettings } from '../item-messages.ts';
import { type ArmResult, compiles, cwesOf } from './arm-result.ts';
import { judgeOutput, judgeUntouched } from './judge-code.ts';
import { type MechanismTools, runMechanism } from './run-mechanism.ts';
import { runPaperPipeline } from './run-paper-pipeline.ts';
import type { RunTests } from './run-tests.ts';

const judges = {
  untouched: judgeUntouched,
  outputs: judgeOutput,
  'paper-pipeline': runPaperPipeline,
};

export type MeasuringTools = MechanismTools & { runTests: RunTests };

/**
 * Measures one program in one arm. Rejects when the stores fail, programs were to be run and cannot be, or with
 * ModelOutage.
 */
export async function measureItem(
  tools: MeasuringTools,
  item: Item,
  settings: ItemSettings,
): Promise<BenchmarkRecord> {
  const { services, runTests } = tools;
  const result = await resultOf(tools, item, settings);
  const { code, inputAnalyses, meant: _, ms, ...figures } = result;
  const kept = await checkKept(services, item, result, settings);
  const tests =
    item.tests === null
      ? null
      : await runTests({ program: textOf(code), original: textOf(item.code), tests: item.tests });
  return {
    format: 1,
    program: item.program,
    arm: item.arm.name,
    input: describeInput(item.code, inputAnalyses, settings),
    ...figures,
    gates: { ...figures.gates, behavior: kept.light },
    isSecured: isSecured(result),
    isKept: kept.isKept,
    tests,
    ms: { ...ms, behaviorCheck: kept.ms },
    outputSha256: sha256(code),
  };
}

function resultOf(tools: MeasuringTools, item: Item, settings: ItemSettings): Promise<ArmResult> {
  const { kind } = item.arm;
  return kind === 'mechanism'
    ? runMechanism(tools, item, settings)
    : judges[kind](tools.services, item, settings);
}

/** Compiles, analyzed, no counted finding left or introduced, no gate failed that compares code. */
function isSecured({ gates, findings }: ArmResult): boolean {
  return (
    gates.parses === 'pass' &&
    gates.secure === 'pass' &&
    gates.surface !== 'fail' &&
    gates.honest !== 'fail' &&
    findings.introduced === 0
  );
}

/**
 * Whether the result does what the input did. Unchanged code does, without being run; what a run has looked at
 * already is not looked at again.
 */
async function checkKept(
  services: RunServices,
  item: Item,
  { code, gates, verdict, meant }: ArmResult,
  { behavior }: ItemSettings,
): Promise<{ isKept: boolean | null; light: Light; ms: number | null }> {
  if (Buffer.compare(code, item.code) === 0) {
    // A system that gave nothing back, or nothing that can be read, kept nothing.
    const isOfOthers = item.arm.kind === 'outputs' || item.arm.kind === 'paper-pipeline';
    return { isKept: isOfOthers && verdict === 'failed' ? null : true, light: gates.behavior, ms: null };
  }
  const isSeen = gates.behavior !== 'not-run' || (item.arm.kind === 'mechanism' && behavior === 'always');
  if (isSeen || behavior === 'never') {
    return { isKept: keptBy(gates.behavior), light: gates.behavior, ms: null };
  }
  const started = performance.now();
  const { light } = await behaviorGate(
    { original: textOf(item.code), candidate: textOf(code) },
    { isAskedFor: behavior === 'always', isByModel: false, meant },
    services,
  );
  return { isKept: keptBy(light), light, ms: performance.now() - started };
}

function keptBy(light: Light): boolean | null {
  return light === 'not-run' ? null : light === 'pass';
}

function describeInput(
  code: Uint8Array,
  analyses: ArmResult['inputAnalyses'],
  { policy }: ItemSettings,
): BenchmarkRecord['input'] {
  const counted = countedFindings(analyses, policy);
  return {
    ...describeText(code),
    compiles: compiles(analyses),
    analyzed: analyses.some(({ status }) => status === 'analyzed'),
    findings: counted.length,
    cwes: cwesOf(counted),
  };
}

/** What can be told of code without analyzing it. */
export function describeText(
  code: Uint8Array,
): Pick<BenchmarkRecord['input'], 'sha256' | 'lines' | 'tokens'> {
  const text = textOf(code);
  const lines = text === '' ? 0 : text.replace(/\n$/, '').split('\n').length;
  return { sha256: sha256(code), lines, tokens: countTokens(text) };
}

/** Without its byte order mark, which is for files. */
function textOf(code: Uint8Array): string {
  return new TextDecoder().decode(code);
}
