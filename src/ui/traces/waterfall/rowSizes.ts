/** Of each row, in px. */
export const ROW_HEIGHT = 26;
export const COMPACT_ROW_HEIGHT = 46;
/** Of the mark that folds, and between the parts of a name, in px. */
export const FOLD_PX = 16;
export const GAP_PX = 6;
/** Px by which a level is set in, and at most so much of the name's column is given to that. */
export const INDENT = 14;
export const COMPACT_INDENT = 8;
export const MOST_INDENT_SHARE = 0.45;
