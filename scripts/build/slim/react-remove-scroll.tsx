import type { ElementType, ReactNode } from 'react';

interface RemoveScrollProps {
  as?: ElementType;
  children?: ReactNode;
  allowPinchZoom?: boolean;
  shards?: unknown;
}

/**
 * Radix wraps modal layers in it to hold the page still behind them. It does so by a style element, which the page's
 * policy forbids; and there is none here: what is modal is a `<dialog>`.
 */
export function RemoveScroll({
  as: Element = 'div',
  allowPinchZoom: _zoom,
  shards: _shards,
  children,
  ...rest
}: RemoveScrollProps) {
  return <Element {...rest}>{children}</Element>;
}
