import { lazy, Suspense } from 'react';
import { PartBoundary } from '../shared/PartBoundary.tsx';
import { useOwnData } from './own-data-state.ts';

const OwnDataDialog = lazy(() => import('./OwnDataDialog.tsx'));

/** Shows the choice of own data while it is made. */
export function OwnDataHost() {
  const { open, file } = useOwnData();
  return open ? (
    <PartBoundary>
      <Suspense>
        <OwnDataDialog key={file?.name ?? ''} given={file} />
      </Suspense>
    </PartBoundary>
  ) : null;
}
