import { tabs } from '../../report/report-address.ts';

/** Every screen by name, with its address; `run` is the id of a finished run. */
export function screens({ run }: { run: string }): Record<string, string> {
  return {
    workbench: '/',
    run: `/runs?id=${run}`,
    ...Object.fromEntries(tabs.map((tab) => [`report-${tab}`, `/reports?id=${run}&tab=${tab}`])),
    'report-changes-unified': `/reports?id=${run}&tab=changes&view=unified`,
    history: '/history',
    compare: '/compare',
    api: '/api',
    settings: '/settings',
  };
}
