using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;
using Pipeline.Api.Queries;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Projects;
using Pipeline.Store.Integration;

namespace Pipeline.Api.Features.Projects;

public static class ProjectEndpoints
{
    public static void MapProjects(this IEndpointRouteBuilder api)
    {
        var projects = api.MapGroup("/projects").Tagged("Projects", "Projects, their facts, progress and history.");
        projects
            .MapPost("/", PostProject.Handle)
            .WithName("registerProject")
            .WithSummary("Register a project")
            .Allows(Act.RegisterProject)
            .Takes<ProjectBody>()
            .Example(
                """
                {
                  "name": "储能电池示范线项目",
                  "industryCode": "3841",
                  "investors": [{ "name": "嘉兴储电科技有限公司", "country": "CN", "primary": true }],
                  "totalInvestment": { "amount": 30000000, "currency": "CNY" },
                  "chain": "新能源"
                }
                """
            )
            .Answers<ProjectView>(201)
            .Refuses(400)
            .Refuses("report-required");
        projects
            .MapPost("/batch", PushProjects.Handle)
            .WithName("pushProjects")
            .WithSummary("Register and change many projects at once")
            .Allows(Act.EditProject)
            .Takes<BatchRequest>()
            .Example(
                """
                {
                  "items": [
                    {
                      "key": "1",
                      "op": "create",
                      "externalRef": { "system": "crm", "id": "4711" },
                      "body": {
                        "name": "储能电池示范线项目",
                        "industryCode": "3841",
                        "investors": [{ "name": "嘉兴储电科技有限公司", "country": "CN", "primary": true }],
                        "totalInvestment": { "amount": 30000000, "currency": "CNY" }
                      }
                    }
                  ]
                }
                """
            )
            .Reads(BatchPush.Mode)
            .Answers<BatchResponse>(207)
            .Refuses(400)
            .TellsWithin("external-ref-taken");
        projects
            .MapGet("/", ListProjects.Handle)
            .WithName("listProjects")
            .WithSummary("List projects")
            .Allows(Act.ReadProjects)
            .Reads([.. ProjectFilter.Parameters, ProjectOrder.Parameter, SparseFields.Parameter, .. Query.CountedPages])
            .Answers<Page<ProjectView>>();
        projects
            .MapGet("/{id}", Single)
            .WithName("getProject")
            .WithSummary("Get a project")
            .Allows(Act.ReadProjects)
            .Reads(SparseFields.Parameter)
            .Answers<ProjectView>()
            .Refuses(404);
        projects
            .MapPatch("/{id}", EditProject.Handle)
            .WithName("editProject")
            .WithSummary("Change the facts of a project")
            .Allows(Act.EditProject)
            .TakesPatchOf<ProjectBody>()
            .Example(
                """
                { "chain": "新能源", "landMu": 35.5, "landingPlace": { "text": "嘉兴经开区" }, "nationalCode": null }
                """
            )
            .Answers<ProjectView>()
            .Refuses(400, 404, 422)
            .Refuses("claim-held-by-another", "illegal-move", "referrer-named");
        projects
            .MapGet("/{id}/timeline", ReadTimeline.Handle)
            .WithName("readTimeline")
            .WithSummary("Read what happened to a project")
            .Allows(Act.ReadTimeline)
            .Reads(Query.Pages)
            .Answers<Page<ReadTimeline.Entry>>()
            .Refuses(404);
        projects
            .MapPost("/{id}/progress", RecordProgress.Handle)
            .WithName("recordProgress")
            .WithSummary("Record progress of a project")
            .Allows(Act.RecordProgress)
            .Takes<RecordProgress.Request>()
            .Example(
                """
                { "occurredOn": "2026-05-01", "kind": "visit", "note": "赴企业总部拜访，商定选址" }
                """
            )
            .Answers<RecordProgress.Response>(201)
            .Refuses(404)
            .Refuses(
                "claim-held-by-another",
                "date-order",
                "evidence-missing",
                "illegal-move",
                "not-eligible",
                "report-required",
                "unit-barred"
            );
    }

    private static Task<IResult> Single(string id, Call call, RuleBooks ruleBooks) =>
        call.Read<IResult>(async session =>
        {
            if (await LoadProject.For(session, call.Caller, id) is not { } project)
                return (Reply)Refusal.NotFound;
            var query = new QueryReader(call.Request);
            var fields = SparseFields.Read<ProjectView>(query, "summary");
            if (query.Refusal() is { } refusal)
                return (Reply)refusal;
            if (
                (fields is null || fields.Has("contacts") || fields.Has("referrer"))
                && project.People is { } people
                && (people.Contacts.Count > 0 || people.Referrer is not null)
                && (project.RelationOf(call.Caller) & (Relations.Own | Relations.City)) != Relations.None
            )
                session.Note(
                    new AuditEntry("read-contacts")
                    {
                        Outcome = AuditOutcome.Read,
                        SubjectKind = "project",
                        SubjectId = id,
                        ProjectId = id,
                    }
                );
            return (await Answer(session, call.Caller, ruleBooks, project)).With(fields);
        });

    /// <summary>The project as this caller gets it.</summary>
    public static async Task<Reply> Answer(
        Session session,
        Caller caller,
        RuleBooks ruleBooks,
        ProjectRow project,
        int status = 200,
        string? location = null
    )
    {
        if (project.RelationOf(caller) == Relations.Former)
        {
            var (kept, version) = ToldProject.Kept(project);
            return Reply.Resource(kept, version, status, location, project.Id);
        }

        // People look for a project by its name: only machines keep references.
        var reference = caller.Role is null
            ? await ExternalRefs.Of(session, caller, ExternalRefs.Projects, project.Id)
            : null;
        var rules = await ruleBooks.Current(session);
        var referred = project.HasReferrer && Permissions.Allows(caller, Act.ReadReferrer, project.RelationOf(caller));
        var told = ToldProject.To(caller, project, rules, session.Today, single: true, reference, referred);
        return Reply.Resource(told, told.Version, status, location, project.Id);
    }
}
