import { Workbench } from '../workbench/workbench.tsx';

export default function WorkbenchPage() {
  return <Workbench />;
}
