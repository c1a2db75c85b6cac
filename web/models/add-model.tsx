'use client';

import type { ModelSettings } from '#domain/model-settings.ts';
import { Dialog } from '../frame/dialog.tsx';
import { ModelForm } from './model-form.tsx';

type AddModelProps = { onAdded: (model: ModelSettings) => void; onClose: () => void };

/** A dialog that adds a model. */
export function AddModel({ onAdded, onClose }: AddModelProps) {
  return (
    <Dialog title="Add a model" onClose={onClose}>
      <ModelForm onAdded={onAdded} />
    </Dialog>
  );
}
