import type { Arm } from '#domain/benchmark-record.ts';
import { type Mechanism, MechanismSchema } from '#domain/mechanism.ts';

/** The input as it came, which every benchmark has beside its other arms. */
export const untouchedArm: Arm = { name: 'untouched', kind: 'untouched', usesModel: false, usesGgan: false };

const mechanismParts: Record<Mechanism, Pick<Arm, 'usesModel' | 'usesGgan'>> = {
  rules: { usesModel: false, usesGgan: true },
};

const WITHOUT_GGAN = '-no-ggan';

/** What `--mechanisms` takes: every mechanism, and those with the gGAN once more without it. */
export const mechanismNames: readonly string[] = MechanismSchema.options.flatMap((name) =>
  mechanismParts[name].usesGgan ? [name, `${name}${WITHOUT_GGAN}`] : [name],
);

/** The arm of a mechanism, by its name among `mechanismNames`. */
export function mechanismArm(name: string): Arm {
  const { mechanism, ggan } = settingsOf(name);
  return { name, kind: 'mechanism', ...mechanismParts[mechanism], usesGgan: ggan };
}

/** The settings with which an arm of that kind runs. Throws where it names no mechanism. */
export function settingsOf(name: string): { mechanism: Mechanism; ggan: boolean } {
  const mechanism = MechanismSchema.parse(
    name.endsWith(WITHOUT_GGAN) ? name.slice(0, -WITHOUT_GGAN.length) : name,
  );
  return { mechanism, ggan: name === mechanism && mechanismParts[mechanism].usesGgan };
}

/** The arm of files that another system made. */
export function outputsArm(name: string): Arm {
  return { name, kind: 'outputs', usesModel: false, usesGgan: false };
}

/**
 * The arms of the paper's pipeline, re-created without language model and graph network: as its notebook was
 * released, which analyzes a program twice before the first round, and by the analyses of its rounds alone.
 */
export const paperPipelineArms = {
  asReleased: { name: 'paper-pipeline', kind: 'paper-pipeline', usesModel: false, usesGgan: false },
  roundsAlone: { name: 'paper-pipeline-rounds', kind: 'paper-pipeline', usesModel: false, usesGgan: false },
} as const satisfies Record<string, Arm>;

/** How many analyses the pipeline of that arm makes before its first round. */
export function analysesBefore(arm: Arm): number {
  return arm.name === paperPipelineArms.asReleased.name ? 2 : 0;
}
