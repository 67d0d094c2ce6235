import { useQuery } from '@tanstack/react-query';
import { Button, ConfigProvider } from 'antd';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import type { AgendaItem, Meeting, MeetingAction, MeetingProject } from '@/api/types';
import { Amount } from '@/shared/Amount';
import { ActionState } from '@/shared/meetings/ActionState';
import { meetingQuery } from '@/shared/meetings/queries';
import { Modal } from '@/shared/Modal';
import { Loading } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { StageTag } from '@/shared/tags';
import { useUnitName } from '@/shared/units';
import { Day } from '@/shared/When';
import { DecisionForm } from './DecisionForm';
import './meetings.css';

/** What is on the wall at a time: a project with all that the agenda has of it, or an item of its own. */
export interface Slide {
  key: string;
  project?: MeetingProject;
  items: AgendaItem[];
}

/** The slides of an agenda: each project once, where it comes first. */
export function slidesOf(items: AgendaItem[]): Slide[] {
  const slides = new Map<string, Slide>();
  for (const item of items.filter((each) => !each.dropped)) {
    const key = item.project?.id ?? item.id;
    const slide = slides.get(key);
    if (slide) slide.items.push(item);
    else slides.set(key, { key, project: item.project, items: [item] });
  }
  return [...slides.values()];
}

/** The meeting on the wall: one project at a time, to be read from afar; the next by a key, decisions typed there and then. */
export function WallPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const navigate = useNavigate();
  const query = useQuery(meetingQuery(id));
  const leave = useCallback(() => void navigate(`/meetings/${id}`), [navigate, id]);
  const size = useWallSize();
  return (
    <Modal label={t('meetings.wall')} className="wall" onClose={leave}>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={6} />}
      {query.data && (
        <ConfigProvider theme={{ token: { fontSize: size, controlHeight: size * 2.2 } }}>
          <Wall meeting={query.data} onLeave={leave} />
        </ConfigProvider>
      )}
    </Modal>
  );
}

/** The size of text on the wall, in pixels, as its style sheet has it: about a hundredth of the screen's width. */
function useWallSize(): number {
  const sizeNow = () => Math.round(Math.min(Math.max(14, window.innerWidth * 0.0115), 51));
  const [size, setSize] = useState(sizeNow);
  useEffect(() => {
    const measure = () => setSize(sizeNow());
    window.addEventListener('resize', measure);
    return () => window.removeEventListener('resize', measure);
  }, []);
  return size;
}

const FORWARD = ['ArrowRight', 'PageDown', 'n', ' '];
const BACK = ['ArrowLeft', 'PageUp', 'p'];

function Wall({ meeting, onLeave }: { meeting: Meeting; onLeave: () => void }) {
  const { t } = useTranslation();
  const slides = useMemo(() => slidesOf(meeting.items ?? []), [meeting.items]);
  const [at, setAt] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  const last = Math.max(0, slides.length - 1);
  const slide = slides[Math.min(at, last)];
  const go = useCallback((to: number) => setAt(Math.min(Math.max(0, to), last)), [last]);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      // What is typed belongs to the field, and a blank presses a button.
      if (target.closest('input, textarea, select, [role="combobox"], [role="listbox"]')) return;
      if (event.key === ' ' && target.closest('button, a')) return;
      if (FORWARD.includes(event.key)) go(at + 1);
      else if (BACK.includes(event.key)) go(at - 1);
      else if (event.key === 'Home') go(0);
      else if (event.key === 'End') go(last);
      else if (event.key === 'd') box.current?.querySelector('textarea')?.focus();
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [at, go, last]);
  useEffect(() => {
    box.current?.focus();
  }, []);
  return (
    <div className="wall-box" ref={box} tabIndex={-1}>
      <header className="wall-head">
        <p>
          {t(`meetingKind.${meeting.kind}`)} · <span className="num">{meeting.heldOn}</span> · {meeting.chair}
        </p>
        <p className="wall-keys">{t('meetings.wallKeys')}</p>
        <Button onClick={onLeave}>{t('meetings.leaveWall')}</Button>
      </header>
      {slide ? (
        <Shown
          key={slide.key}
          slide={slide}
          meeting={meeting}
          decisions={(meeting.decisions ?? []).filter((each) => each.project?.id === slide.project?.id)}
        />
      ) : (
        <p className="wall-title">{t('meetings.nothing')}</p>
      )}
      <footer className="wall-foot">
        <Button size="large" disabled={at === 0} onClick={() => go(at - 1)}>
          {t('meetings.before')}
        </Button>
        <p className="num" role="status">
          {slides.length === 0 ? 0 : Math.min(at, last) + 1} / {slides.length}
        </p>
        <Button size="large" type="primary" disabled={at >= last} onClick={() => go(at + 1)}>
          {t('meetings.next')}
        </Button>
      </footer>
    </div>
  );
}

function Shown({ slide, meeting, decisions }: { slide: Slide; meeting: Meeting; decisions: MeetingAction[] }) {
  const { t } = useTranslation();
  const unit = useUnitName();
  const { project, items } = slide;
  const alone = items[0];
  return (
    <div className="wall-slide">
      <section className="wall-about" aria-labelledby="wall-title">
        <h1 id="wall-title" className="wall-title">
          {project?.name ?? alone?.title ?? alone?.action?.text}
        </h1>
        {project && (
          <p className="wall-facts">
            {project.stage && <StageTag stage={project.stage} />}
            {project.totalInvestment && <Amount money={project.totalInvestment} digits={2} />}
            {project.jurisdiction && <span>{unit(project.jurisdiction)}</span>}
            <span>{project.investors.join(t('common.listSeparator'))}</span>
          </p>
        )}
        <ul className="wall-items">
          {items.map((item) => (
            <li key={item.id}>
              {item.problem && (
                <p>
                  <strong>{item.problem.title}</strong>{' '}
                  <span className="tag flag">{t('meetings.overdueFor', { count: item.problem.overdueFor })}</span>{' '}
                  {item.problem.department ? unit(item.problem.department) : t('problems.noDepartment')}
                </p>
              )}
              {item.action && (project !== undefined || item !== alone) && (
                <p>
                  <strong>{item.action.text}</strong>
                </p>
              )}
              {item.action && (
                <p>
                  {unit(item.action.owner)} · {t('actions.dueOn')} <Day date={item.action.dueOn} />{' '}
                  <span className="tag flag">{t('actions.carried', { count: item.action.carried })}</span>
                </p>
              )}
              {item.kind === 'other' && project && (
                <p>
                  <strong>{item.title}</strong>
                </p>
              )}
              {item.note && <p className="text">{item.note}</p>}
            </li>
          ))}
        </ul>
      </section>
      <section className="wall-decisions" aria-labelledby="wall-decisions">
        <h2 id="wall-decisions">{t('meetings.decisions')}</h2>
        {decisions.length === 0 && <p className="muted">{t('meetings.noDecisions')}</p>}
        <ol>
          {decisions.map((action) => (
            <li key={action.id}>
              <p className="text">{action.text}</p>
              <p>
                {unit(action.owner)} · {t('actions.dueOn')} <Day date={action.dueOn} /> <ActionState action={action} />
              </p>
            </li>
          ))}
        </ol>
        {meeting.allowedActions.includes('minute') && <DecisionForm meeting={meeting} projectId={project?.id} />}
      </section>
    </div>
  );
}
