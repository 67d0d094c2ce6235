import { useTranslation } from 'react-i18next';
import type { NodePosition, NodeState } from '@/api/types';
import './chains.css';

export const NODE_STATES: readonly NodeState[] = ['strong', 'weak', 'missing', 'choke'];
export const POSITIONS: readonly NodePosition[] = ['up', 'mid', 'down'];

/** How a node stands, by colour and by word. */
export function NodeMark({ state }: { state: NodeState }) {
  const { t } = useTranslation();
  return <span className={`node-mark node-${state}`}>{t(`nodeStateLong.${state}`)}</span>;
}
