import { create } from 'zustand';

/** What is to be learned instead of a wave, while a person chooses it. */
export const useOwnData = create<{ open: boolean; file: File | null }>()(() => ({ open: false, file: null }));

/** @param file already chosen; null asks for one */
export const chooseOwnData = (file: File | null = null): void => useOwnData.setState({ open: true, file });

export const closeOwnData = (): void => useOwnData.setState({ open: false, file: null });

/** Whether a file is a table rather than a network. */
export const isTable = ({ name, type }: File): boolean =>
  type === 'text/csv' || /\.(csv|tsv|txt)$/i.test(name);
