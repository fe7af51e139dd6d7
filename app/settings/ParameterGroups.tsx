import { ChevronRight } from 'lucide-react';
import { Accordion } from 'radix-ui';
import type { Settings } from '../../engine/model/config.ts';
import { type Group, parameters } from '../../engine/model/parameters.ts';
import { differingPaths } from '../../engine/model/settings.ts';
import { groups } from './groups.ts';
import { useOpenGroups } from './open-groups.ts';
import { ParameterRow } from './ParameterRow.tsx';
import './parameter-groups.css';

interface ParameterGroupsProps {
  edited: Settings;
  applied: Settings;
  preset: Settings;
  pending: readonly string[];
}

/** All settings but the preset, by the part of the network they belong to. */
export function ParameterGroups({ edited, applied, preset, pending }: ParameterGroupsProps) {
  const { open, setOpen } = useOpenGroups();
  const changed = differingPaths(edited, preset);
  return (
    <Accordion.Root
      type="multiple"
      className="setting-groups"
      value={[...open]}
      onValueChange={next => setOpen(next as Group[])}
    >
      {groups.map(({ group, label, summary }) => {
        const own = parameters.filter(p => p.group === group);
        const changedCount = own.filter(p => changed.includes(p.path)).length;
        const pendingCount = own.filter(p => pending.includes(p.path)).length;
        return (
          <Accordion.Item key={group} value={group} className="setting-group">
            <Accordion.Header className="setting-group-header">
              <Accordion.Trigger className="setting-group-trigger">
                <ChevronRight className="setting-group-chevron" size="0.875rem" aria-hidden />
                <span className="setting-group-label">{label}</span>
                <span className="setting-group-summary">{summary(edited)}</span>
                {changedCount > 0 ? (
                  <span className="setting-group-count" data-pending={pendingCount > 0 || undefined}>
                    {pendingCount > 0 ? `${pendingCount} waiting` : `${changedCount} changed`}
                  </span>
                ) : null}
              </Accordion.Trigger>
            </Accordion.Header>
            <Accordion.Content className="setting-group-content">
              {own.map(parameter => (
                <ParameterRow
                  key={parameter.path}
                  parameter={parameter}
                  edited={edited}
                  applied={applied}
                  preset={preset}
                  pending={pending.includes(parameter.path)}
                />
              ))}
            </Accordion.Content>
          </Accordion.Item>
        );
      })}
    </Accordion.Root>
  );
}
