import { Component, type ReactNode } from 'react';
import './part-boundary.css';

interface PartBoundaryProps {
  children: ReactNode;
}

/**
 * Keeps the page when one part of it fails: what is loaded when it is asked for may not come, because the network is away
 * or the page has a new version.
 */
export class PartBoundary extends Component<PartBoundaryProps, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <div className="part-failed" role="alert">
        <p>
          <strong>This part of the page could not be shown.</strong> The network may be away, or the page have
          a new version. Training goes on; download the weights before you reload, if you want to keep the
          run.
        </p>
        <button type="button" className="button" onClick={() => location.reload()}>
          Reload
        </button>
      </div>
    );
  }
}
