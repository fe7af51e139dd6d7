import { useEffect, useState } from 'react';
import type { NetworkConfig } from '../../engine/model/config.ts';
import { summarise } from './describe.ts';
import type { NetworkMoment } from './moment.ts';

const summaryMilliseconds = 4000;

/** The picture in words, renewed every few seconds: a screen reader shall not be told each step. */
export function useSummary(moment: NetworkMoment, config: NetworkConfig): string {
  const [summary, setSummary] = useState('');
  useEffect(() => {
    const renew = () => setSummary(summarise(moment.frame?.step ?? 0, { config, ...moment.update(config) }));
    renew();
    const timer = setInterval(renew, summaryMilliseconds);
    return () => clearInterval(timer);
  }, [moment, config]);
  return summary;
}
