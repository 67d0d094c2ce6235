/**
 * How long a text may be: typing or pasting more is not cut in silence, but counted and, once sent, refused at its field.
 * The count shows once there is something to count towards.
 */
export function limit(max: number) {
  return {
    count: {
      max,
      show: ({ count }: { count: number }) => (count > max * 0.8 ? `${count} / ${max}` : null),
    },
  };
}
