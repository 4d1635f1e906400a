/** Where one alert is shown. */
export const alertPath = (id: string): string => `/alerts/${encodeURIComponent(id)}`;
