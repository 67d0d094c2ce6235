import {
  DndContext,
  DragOverlay,
  MouseSensor,
  TouchSensor,
  useDraggable,
  useDroppable,
  useSensor,
  useSensors,
  type DragEndEvent,
  type DragStartEvent,
} from '@dnd-kit/core';
import { MoreOutlined } from '@ant-design/icons';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Dropdown } from 'antd';
import { useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { Tagged } from '@/api/client';
import type { ListStage, Project, Stage } from '@/api/types';
import { Amount, TotalsText } from '@/shared/Amount';
import { Countdown } from '@/shared/Countdown';
import { LoadMore } from '@/shared/LoadMore';
import { MoveDialog } from '@/shared/moves/MoveDialog';
import { projectQuery } from '@/shared/moves/queries';
import { Empty, Loading } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useCan } from '@/shared/queries';
import { LightTag } from '@/shared/tags';
import { useUnitName } from '@/shared/units';
import { Day } from '@/shared/When';
import { targetsOf } from './boardMoves';
import { filterCount, listQuery, LIST_STAGES, monthOf, type ListValues } from './listState';
import { boardColumnQuery } from './queries';

/** A card that is carried: whither it may go is known once the server has said so. */
interface Carried {
  project: Project;
  targets: readonly Stage[] | null;
}

/** The four lists as columns. A card dragged to another column, or M on it, opens the form of that move; the server says which there are. */
export function Board({ values }: { values: ListValues }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const can = useCan();
  const movable = can('submit-move') && monthOf(values) === undefined;
  const [carried, setCarried] = useState<Carried | null>(null);
  const [move, setMove] = useState<{ read: Tagged<Project>; to: Stage } | null>(null);
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 6 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 250, tolerance: 8 } }),
  );
  const read = (id: string) => queries.fetchQuery({ ...projectQuery(id), staleTime: 0 });

  /** Opens the form of a move: to the stage wished for, or to the next. */
  async function begin(project: Project, wished?: Stage) {
    try {
      const found = await read(project.id);
      const targets = targetsOf(found.value);
      const to = wished ? targets.find((each) => each === wished) : targets[0];
      if (to) setMove({ read: found, to });
      else
        message.info(
          wished && targets.length > 0 ? t('boardMove.notTo', { stage: t(`stage.${wished}`) }) : t('boardMove.nothing'),
        );
    } catch (error) {
      message.error(error instanceof Error ? error.message : String(error));
    }
  }

  function lift({ active }: DragStartEvent) {
    const project = active.data.current?.project as Project;
    setCarried({ project, targets: null });
    read(project.id)
      .then((found) =>
        setCarried((now) => (now?.project.id === project.id ? { ...now, targets: targetsOf(found.value) } : now)),
      )
      .catch(() => setCarried(null));
  }

  function drop({ active, over }: DragEndEvent) {
    setCarried(null);
    const project = active.data.current?.project as Project;
    const to = over?.id as ListStage | undefined;
    if (to && to !== project.stage) void begin(project, to);
  }

  const told = (id: string | number | undefined) => (id === undefined ? '' : t(`stage.${id as ListStage}`));
  const nameOf = (data: { project?: Project } | undefined) => data?.project?.name ?? '';
  return (
    <DndContext
      sensors={sensors}
      onDragStart={lift}
      onDragEnd={drop}
      onDragCancel={() => setCarried(null)}
      accessibility={{
        screenReaderInstructions: { draggable: t('boardMove.hint') },
        announcements: {
          onDragStart: ({ active }) => t('boardMove.picked', { name: nameOf(active.data.current) }),
          onDragOver: ({ active, over }) =>
            over ? t('boardMove.over', { name: nameOf(active.data.current), stage: told(over.id) }) : undefined,
          onDragEnd: ({ active, over }) =>
            over
              ? t('boardMove.dropped', { name: nameOf(active.data.current), stage: told(over.id) })
              : t('boardMove.cancelled', { name: nameOf(active.data.current) }),
          onDragCancel: ({ active }) => t('boardMove.cancelled', { name: nameOf(active.data.current) }),
        },
      }}
    >
      {movable && <p className="board-hint">{t('boardMove.hint')}</p>}
      <div className="board">
        {LIST_STAGES.map((stage) => (
          <BoardColumn
            key={stage}
            stage={stage}
            values={values}
            carried={carried}
            onMove={movable ? (project) => void begin(project) : undefined}
          />
        ))}
      </div>
      <DragOverlay dropAnimation={null}>
        {carried && (
          <div className="project-card card-overlay">
            <h3>{carried.project.name}</h3>
            <p className="project-card-amount">
              <Amount money={carried.project.totalInvestment} />
            </p>
          </div>
        )}
      </DragOverlay>
      {move && (
        <MoveDialog project={move.read.value} etag={move.read.etag} to={move.to} onClose={() => setMove(null)} />
      )}
    </DndContext>
  );
}

function BoardColumn({
  stage,
  values,
  carried,
  onMove,
}: {
  stage: ListStage;
  values: ListValues;
  carried: Carried | null;
  onMove: ((project: Project) => void) | undefined;
}) {
  const { t } = useTranslation();
  const query = useInfiniteQuery(boardColumnQuery(stage, listQuery(values)));
  const { setNodeRef, isOver } = useDroppable({ id: stage });
  const first = query.data?.pages[0];
  const projects = query.data?.pages.flatMap((page) => page.items) ?? [];
  const past = monthOf(values) !== undefined;
  const drop =
    !carried || carried.project.stage === stage
      ? undefined
      : carried.targets === null
        ? 'checking'
        : carried.targets.includes(stage)
          ? 'yes'
          : 'no';

  return (
    <section
      ref={setNodeRef}
      className={['column', `column-${stage}`, drop && `column-drop-${drop}`, isOver && 'column-drop-over']
        .filter(Boolean)
        .join(' ')}
      aria-labelledby={`column-${stage}`}
    >
      <header className="column-head">
        <h2 id={`column-${stage}`}>{t(`stage.${stage}`)}</h2>
        {first && (
          <p className="column-count">
            <span className="num">{t('lists.count', { n: first.count })}</span>
          </p>
        )}
        {first && <TotalsText totals={first.totals} rateYear={first.rateYear} />}
      </header>
      {drop && (
        <p className="column-drop-note">
          {drop === 'yes'
            ? t('boardMove.here', { stage: t(`stage.${stage}`) })
            : t(drop === 'no' ? 'boardMove.notHere' : 'boardMove.checking')}
        </p>
      )}
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading />}
      {first && projects.length === 0 && (
        <Empty title={filterCount(values) > 0 ? t('lists.emptyTable') : t('lists.emptyColumn')}>
          {filterCount(values) > 0 ? undefined : t(`lists.emptyHint.${stage}`)}
        </Empty>
      )}
      <ul className="column-cards">
        {projects.map((project) => (
          <li key={project.id}>
            <ProjectCard project={project} stage={stage} past={past} onMove={project.summary ? undefined : onMove} />
          </li>
        ))}
      </ul>
      <LoadMore {...query} />
    </section>
  );
}

function ProjectCard({
  project,
  stage,
  past,
  onMove,
}: {
  project: Project;
  stage: ListStage;
  past: boolean;
  onMove: ((project: Project) => void) | undefined;
}) {
  const { t } = useTranslation();
  const unit = useUnitName();
  const navigate = useNavigate();
  const { setNodeRef, listeners, isDragging } = useDraggable({ id: project.id, data: { project }, disabled: !onMove });
  const primary = project.investors.find((investor) => investor.primary) ?? project.investors[0];
  const reached = {
    'in-talks': project.stageDates?.inTalks,
    signed: project.stageDates?.signed,
    registered: project.stageDates?.registered,
    started: project.stageDates?.started,
  }[stage];
  const key = (event: KeyboardEvent) => {
    if (!onMove || event.key.toLowerCase() !== 'm' || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    onMove(project);
  };
  return (
    <article
      ref={setNodeRef}
      {...listeners}
      className={['project-card card-handle', !onMove && 'card-fixed', isDragging && 'card-lifted']
        .filter(Boolean)
        .join(' ')}
      onKeyDown={key}
    >
      <div className="project-card-head">
        <h3>
          <Link to={`/projects/${project.id}`} draggable={false}>
            {project.name}
          </Link>
        </h3>
        {onMove && (
          <Dropdown
            trigger={['click']}
            menu={{
              items: [
                { key: 'move', label: t('boardMove.move'), extra: t('boardMove.key') },
                { key: 'open', label: t('boardMove.open') },
              ],
              onClick: ({ key: chosen }) =>
                chosen === 'move' ? onMove(project) : void navigate(`/projects/${project.id}`),
            }}
          >
            <Button
              type="text"
              size="small"
              icon={<MoreOutlined aria-hidden />}
              aria-label={t('boardMove.menu', { name: project.name })}
            />
          </Dropdown>
        )}
      </div>
      {primary && <p className="project-card-investor">{primary.name}</p>}
      <p className="project-card-amount">
        <Amount money={project.totalInvestment} />
      </p>
      <p className="project-card-foot">
        <span>{unit(project.owner)}</span>
        {reached && (
          <span>
            {t(`lists.since.${stage}`)} <Day date={reached} />
          </span>
        )}
        {!past && <LightTag light={project.light} />}
      </p>
      {!past && project.claim?.status === 'active' && project.claim.expiresAt && (
        <p className="project-card-claim">
          {t('lists.exclusive')} <Countdown until={project.claim.expiresAt} />
        </p>
      )}
    </article>
  );
}
