// @ts-check
import { body, connect, followChanges, isProblem, itemsOf, tagged } from 'pipeline-client';

const client = connect({ baseUrl: process.env.PIPELINE_URL ?? '', key: process.env.PIPELINE_KEY ?? '' });

// Report a project. Sent again after a broken connection, it is still one report.
const claim = await body(
  client.POST('/api/v1/claims', {
    body: {
      project: {
        name: '氢能装备制造基地项目',
        industryCode: '3411',
        investors: [{ name: '上海远景氢动力装备有限公司', country: 'CN', primary: true }],
        totalInvestment: { amount: 1_200_000_000, currency: 'CNY' },
      },
      contacts: [{ kind: 'visit', occurredOn: new Date().toISOString().slice(0, 10), note: '赴企业总部拜访' }],
    },
  }),
);
console.log(claim.status, 'until', claim.expiresAt);

// Change it, based on the version that was read. Null takes a fact away.
const path = { id: claim.projectId ?? '' };
const { etag } = await tagged(client.GET('/api/v1/projects/{id}', { params: { path } }));
await client.PATCH('/api/v1/projects/{id}', {
  params: { path, header: { 'If-Match': etag } },
  body: { chain: '氢能', landMu: null },
});

// A refusal says what is wrong, and where.
try {
  await client.PATCH('/api/v1/projects/{id}', {
    params: { path, header: { 'If-Match': etag } },
    body: { chain: '储能' },
  });
} catch (error) {
  if (!isProblem(error, 'precondition-failed')) throw error;
  console.log(error.status, error.problem.title);
}

// Everything that is seen, page by page.
const projects = itemsOf((cursor) => body(client.GET('/api/v1/projects', { params: { query: { cursor } } })));
for await (const project of projects) console.log(project.name);

// What changed, and goes on changing.
for await (const change of followChanges(client, { since: 'start', types: 'project.*' })) {
  console.log(change.type, change.subject.id);
  if (change.subject.id === claim.projectId && change.type === 'project.changed') break;
}
