/** From here down tables become cards and one thumb must do. */
export const PHONE = '@media (max-width: 600px)';
