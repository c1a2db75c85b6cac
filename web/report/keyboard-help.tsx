import { Kbd, Modal, Table } from '@mantine/core';

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
    <Modal opened={isOpen} onClose={onClose} title="Keys" closeButtonProps={{ 'aria-label': 'Close' }}>
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
    </Modal>
  );
}
