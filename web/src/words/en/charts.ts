export const charts = {
  showTable: 'Show as table',
  showChart: 'Show as chart',
  own: 'You, with 95% interval',
  region: 'Region',
  target: 'Target',
  peers: 'Other practices, unnamed',
  peopleAxis: 'People',
  intervalNote: 'with 95% interval',
  funnelPoint: (name: string, rate: string, people: string) => `${name}: ${rate} of ${people}`,
}
