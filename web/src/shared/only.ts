/** One value of a filter that may have several; none where nothing was chosen. */
export const only = <T>(value: T | undefined): [T] | undefined => (value === undefined ? undefined : [value]);
