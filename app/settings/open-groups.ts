import * as v from 'valibot';
import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { Group } from '../../engine/model/parameters.ts';

interface OpenGroups {
  open: readonly Group[];
  setOpen: (open: readonly Group[]) => void;
}

const SavedSchema = v.object({
  open: v.array(v.picklist(['signal', 'encoder', 'pooler', 'memory', 'decoder', 'learning'])),
});

/** Which groups a person left open, kept from visit to visit. */
export const useOpenGroups = create<OpenGroups>()(
  persist(set => ({ open: ['signal', 'learning'], setOpen: open => set({ open }) }), {
    name: 'deephtm.settings.open',
    version: 1,
    partialize: ({ open }) => ({ open }),
    merge: (saved, initial) => {
      const known = v.safeParse(SavedSchema, saved);
      return known.success ? { ...initial, ...known.output } : initial;
    },
  }),
);
