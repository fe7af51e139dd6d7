/** Charts here do not follow the pointer in each other, so there is nothing to listen for or to tell. */
const nothing = (): void => {};

export {
  nothing as useBrushChartSynchronisation,
  nothing as useSynchronisedEventsFromOtherCharts,
  nothing as useTooltipChartSynchronisation,
};
