/** A number as people type it, with spaces and a comma or a point; undefined for an empty field, NaN for what is none. */
export const numberOf = (text: string): number | undefined => {
  const bare = text.trim().replaceAll(/\s/g, '').replace(',', '.');
  return bare === '' ? undefined : Number(bare);
};
