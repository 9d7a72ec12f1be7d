/** What a person may say about the spaces of a file; an override beats every rule. */
export type GeometryOptions = {
  readonly unheatedSpaceIds?: readonly string[];
  readonly heatedSpaceIds?: readonly string[];
  /** Spaces to leave out altogether: outdoors, areas, zones. */
  readonly ignoredSpaceIds?: readonly string[];
};
