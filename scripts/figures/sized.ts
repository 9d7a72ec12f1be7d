/** How many a run takes: the usual number, or another of the environment while something is being tried. */
export const sized = (name: string, usual: number): number => Number(process.env[name] ?? usual);
