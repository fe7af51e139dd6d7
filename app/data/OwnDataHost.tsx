import { lazy, Suspense } from 'react';
import { createPortal } from 'react-dom';
import { PartBoundary } from '../shared/PartBoundary.tsx';
import { useOwnData } from './own-data-state.ts';

const OwnDataDialog = lazy(() => import('./OwnDataDialog.tsx'));

/** Shows the choice of own data while it is made. */
export function OwnDataHost() {
  const { open, file } = useOwnData();
  if (!open) return null;
  // Not where the header's styles reach, which on phones hide the words of its buttons.
  return createPortal(
    <PartBoundary>
      <Suspense>
        <OwnDataDialog key={file?.name ?? ''} given={file} />
      </Suspense>
    </PartBoundary>,
    document.body,
  );
}
