/** The search takes two to a hundred characters; of less or more nothing is asked. */
export const isSearchable = (text: string): boolean => {
  const length = [...text].length;
  return length >= 2 && length <= 100;
};
