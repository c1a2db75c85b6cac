import { type Arm, ArmSchema } from '#domain/benchmark-record.ts';
import { type Mechanism, MechanismSchema, mechanisms } from '#domain/mechanism.ts';

/** The input as it came, which every benchmark has beside its other arms. */
export const untouchedArm: Arm = { name: 'untouched', kind: 'untouched', usesModel: false, usesGgan: false };

/** Benchmarks harden programs, so a mechanism that only writes from prompts has no arm. */
const mechanismsForCode = MechanismSchema.options.filter(
  (name) => mechanisms[name].operators || mechanisms[name].repair !== null,
);

const WITHOUT_GGAN = '-no-ggan';

/** Stands between a mechanism and its model in the name of an arm; no mechanism has one. */
const AT = '@';

/** The most characters of an arm's name. */
const LONGEST_NAME = 100;

/** What `--mechanisms` takes: every mechanism, and those with the gGAN once more without it. */
export const mechanismNames: readonly string[] = mechanismsForCode.flatMap((name) =>
  mechanisms[name].ggan ? [name, `${name}${WITHOUT_GGAN}`] : [name],
);

/** Whether the mechanism of that name asks a language model. */
export function asksModel(name: string): boolean {
  return mechanisms[settingsOf(name).mechanism].repair !== null;
}

/** The arms of mechanisms by their names among `mechanismNames`: with each model where they ask one. */
export function mechanismArms(names: readonly string[], models: readonly string[]): Arm[] {
  return names.flatMap((name) => {
    const arm = mechanismArm(name);
    return asksModel(name) ? models.map((model) => withModel(arm, model)) : [arm];
  });
}

/** The arm of a mechanism that asks no model, by its name. */
export function mechanismArm(name: string): Arm {
  return { name, kind: 'mechanism', usesModel: false, usesGgan: settingsOf(name).ggan };
}

/** What of an arm's name is that of its model: the end of a long one, which mostly is a path. */
function withModel(arm: Arm, model: string): Arm {
  const shown = model.replaceAll(/[^\w .:@/+-]/g, '_').slice(-(LONGEST_NAME - arm.name.length - AT.length));
  return ArmSchema.parse({ ...arm, name: `${arm.name}${AT}${shown}`, usesModel: true, model });
}

/** The settings with which an arm of that kind runs, by its name. Throws where it names no mechanism. */
export function settingsOf(name: string): { mechanism: Mechanism; ggan: boolean } {
  const [asked = ''] = name.split(AT);
  const mechanism = MechanismSchema.parse(
    asked.endsWith(WITHOUT_GGAN) ? asked.slice(0, -WITHOUT_GGAN.length) : asked,
  );
  return { mechanism, ggan: asked === mechanism && mechanisms[mechanism].ggan };
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
