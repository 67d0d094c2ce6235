import './headline.css';

/** So many figures stand in a headline at most. */
export const MOST_HEADLINES = 4;

/** The room that a headline will take, so that nothing shifts when it comes. */
export function HeadlineRoom() {
  return (
    <section className="panel" aria-hidden>
      <ul className="headline">
        {Array.from({ length: MOST_HEADLINES }, (_, at) => (
          <li key={at} />
        ))}
      </ul>
    </section>
  );
}
