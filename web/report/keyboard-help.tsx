import { Kbd, Table } from '@mantine/core';
import { Dialog } from '../frame/dialog.tsx';

const keys = [
  ['j', 'next finding'],
  ['k', 'previous finding'],
  ['n', 'next change'],
  ['p', 'previous change'],
  ['d', 'changes side by side or one below the other'],
  ['x', 'refuse the change, or take it back in'],
  ['s', 'share'],
  ['?', 'this help'],
  ['Esc', 'close'],
] as const;

/** The keys of the report. */
export function KeyboardHelp({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title="Keys" size="md">
      <Table>
        <Table.Tbody>
          {keys.map(([key, does]) => (
            <Table.Tr key={key}>
              <Table.Th scope="row">
                <Kbd>{key}</Kbd>
              </Table.Th>
              <Table.Td>{does}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Dialog>
  );
}
