import { CopyLink } from '../address/CopyLink.tsx';
import { GuideMenu } from '../guide/GuideMenu.tsx';
import { TourOffer } from '../guide/TourOffer.tsx';
import { linkToRun } from '../state/address-bar.ts';
import { ViewTabs } from '../views/ViewTabs.tsx';
import { WeightsMenu } from '../weights/WeightsMenu.tsx';
import { ThemeChoice } from './ThemeChoice.tsx';
import './header.css';

/** What this page is, and what does not concern the run. */
export function Header() {
  return (
    <header className="header">
      <img src="./favicon.svg" alt="" width={24} height={24} />
      <h1>DeepHTM Playground</h1>
      <p className="header-tagline">Hierarchical temporal memory, trained by backpropagation</p>
      <ViewTabs />
      <TourOffer />
      <div className="header-actions">
        <CopyLink link={linkToRun}>Copy link</CopyLink>
        <WeightsMenu />
        <GuideMenu />
        <ThemeChoice />
      </div>
    </header>
  );
}
