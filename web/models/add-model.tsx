'use client';

import { Modal } from '@mantine/core';
import type { ModelSettings } from '#domain/model-settings.ts';
import { ModelForm } from './model-form.tsx';

type AddModelProps = { onAdded: (model: ModelSettings) => void; onClose: () => void };

/** A dialog that adds a model. */
export function AddModel({ onAdded, onClose }: AddModelProps) {
  return (
    <Modal
      opened
      onClose={onClose}
      title="Add a model"
      size="lg"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <ModelForm onAdded={onAdded} />
    </Modal>
  );
}
