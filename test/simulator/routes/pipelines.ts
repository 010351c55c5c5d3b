/**
 * `GET /api/v4/leads/pipelines` and `/{id}`, for every user, with all stages and without pages
 * [D crm_platform/leads_pipelines].
 */

import { hal, noContent } from '../answers';
import type { SimPipeline } from '../state';
import { LOST, systemStageNames, WON } from '../systemStages';
import { allowParameters, type Visit } from '../visit';

const PATH = '/api/v4/leads/pipelines';

/** Some of the palette that stages may have. */
const COLOURS = ['#99ccff', '#ffcc66', '#fffeb2', '#ffeab2', '#d6eaff', '#87f2c0', '#f9deff'];

export function listPipelines(visit: Visit) {
  allowParameters(visit, []);
  const { pipelines } = visit.world.account;
  if (pipelines.length === 0) return noContent();
  return hal({
    _total_items: pipelines.length,
    _links: { self: { href: visit.world.pageLink(PATH) } },
    _embedded: { pipelines: pipelines.map(pipeline => pipelineModel(visit, pipeline)) },
  });
}

/** The status for an unknown id is not stated; 204 here, as leads do [D crm_platform/leads-api]. */
export function getPipeline(visit: Visit) {
  allowParameters(visit, []);
  const pipeline = visit.world.account.pipelines.find(({ id }) => id === Number(visit.id));
  return pipeline ? hal(pipelineModel(visit, pipeline)) : noContent();
}

function pipelineModel(visit: Visit, pipeline: SimPipeline) {
  const { world } = visit;
  const place = world.account.pipelines.indexOf(pipeline);
  const path = `${PATH}/${pipeline.id}`;
  return {
    id: pipeline.id,
    name: pipeline.name,
    sort: place + 1,
    is_main: place === 0,
    is_unsorted_on: true,
    is_archive: false,
    account_id: world.account.id,
    _links: { self: { href: world.pageLink(path) } },
    _embedded: {
      statuses: stagesOf(visit, pipeline).map(({ id, name, sort, is_editable, color, type }) => ({
        id,
        name,
        sort,
        is_editable,
        pipeline_id: pipeline.id,
        color,
        type,
        account_id: world.account.id,
        _links: { self: { href: world.pageLink(`${path}/statuses/${id}`) } },
      })),
    },
  };
}

/** The incoming leads first, then the pipeline's own stages, then won and lost, which the account may have renamed. */
function stagesOf({ world }: Visit, pipeline: SimPipeline) {
  const names = systemStageNames(world.account.language);
  const renamed = (id: number) => pipeline.statuses.find(stage => stage.id === id)?.name;
  const own = pipeline.statuses.filter(({ id }) => id !== WON && id !== LOST);
  const system = { is_editable: false, type: 0 };
  return [
    { ...system, id: unsortedId(pipeline), name: names.unsorted, sort: 10, color: '#c1c1c1', type: 1 },
    ...own.map(({ id, name }, index) => ({
      id,
      name,
      sort: 20 + index * 10,
      is_editable: true,
      color: COLOURS[index % COLOURS.length],
      type: 0,
    })),
    { ...system, id: WON, name: renamed(WON) ?? names.won, sort: 10_000, color: '#CCFF66' },
    { ...system, id: LOST, name: renamed(LOST) ?? names.lost, sort: 11_000, color: '#D5D8DB' },
  ];
}

/** Every pipeline has an id of its own for the incoming leads. */
function unsortedId({ id }: SimPipeline): number {
  return 1_000_000_000 + id;
}
