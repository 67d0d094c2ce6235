using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;
using Pipeline.Api.Queries;
using Pipeline.Data;
using Pipeline.Domain.Problems;

namespace Pipeline.Api.Features.Problems;

public static class ProblemEndpoints
{
    public static void MapProblems(this IEndpointRouteBuilder api)
    {
        var project = api.MapGroup("/projects/{id}/problems").WithTags("Problems");
        project
            .MapPost("/", RaiseProblem.Handle)
            .WithName("raiseProblem")
            .WithSummary("Raise a problem of a project")
            .Allows(Act.RaiseProblem)
            .Takes<RaiseProblem.Request>()
            .Example(
                """
                { "title": "用地指标未落实", "kind": "land", "urgent": true, "blocks": "in-production" }
                """
            )
            .Answers<ProblemView>(201)
            .Refuses(400, 404)
            .Refuses("claim-held-by-another", "date-order", "illegal-move", "secret-project");
        project
            .MapGet("/", ListProblems.OfProject)
            .WithName("listProjectProblems")
            .WithSummary("List the problems of a project")
            .Allows(Act.ReadProblems)
            .Answers<Page<ProblemView>>()
            .Refuses(404);
        var problems = api.MapGroup("/problems")
            .Tagged(
                "Problems",
                "What keeps a project from going on: who answers it, until when, and how far it was taken."
            );
        problems
            .MapGet("/", ListProblems.Handle)
            .WithName("listProblems")
            .WithSummary("List problems")
            .Allows(Act.ReadProblems)
            .Reads([
                .. ProblemFilter.Parameters,
                Query.Flag("overdue", "Whether only unresolved problems past their due date are told, or only others."),
                Query.Choice(
                    "level",
                    "Only problems taken so far: 0 nowhere, 1 department and centre, 2 the next meeting, 3 the linked leader.",
                    ["0", "1", "2", "3"]
                ),
                .. Query.CountedPages,
            ])
            .Answers<Page<ProblemView>>();
        problems
            .MapGet("/statistics", ReadProblemStatistics.Handle)
            .WithName("readProblemStatistics")
            .WithSummary("Read how long problems take")
            .Allows(Act.ReadProblems)
            .Reads(
                Query.Choice<ReadProblemStatistics.By>("by", "What the rows stand for; without it departments."),
                Query.Text(
                    "period",
                    "The month, quarter or year in which problems were closed; without it the present year."
                )
            )
            .Answers<ReadProblemStatistics.Response>();
        problems
            .MapGet("/{id}", ListProblems.Single)
            .WithName("getProblem")
            .WithSummary("Get a problem")
            .Allows(Act.ReadProblems)
            .Answers<ProblemView>()
            .Refuses(404);
        problems
            .MapPost("/{id}/assign", StepProblem.Assign)
            .WithName("assignProblem")
            .WithSummary("Assign a problem to a department")
            .Allows(Act.CoordinateProblem)
            .Takes<StepProblem.AssignRequest>()
            .NeedsIfMatch()
            .Answers<ProblemView>()
            .Refuses(400, 404)
            .Refuses("problem-closed", "secret-project");
        problems
            .MapPost("/{id}/answer", StepProblem.Answer)
            .WithName("answerProblem")
            .WithSummary("Answer a problem")
            .Allows(Act.AnswerProblem)
            .Takes<StepProblem.AnswerRequest>()
            .NeedsIfMatch()
            .Answers<ProblemView>()
            .Refuses(400, 403, 404, 422)
            .Refuses("problem-answered", "problem-closed");
        problems
            .MapPost("/{id}/close", StepProblem.Close)
            .WithName("closeProblem")
            .WithSummary("Close a problem that was answered")
            .Allows(Act.CloseProblem)
            .Takes<StepProblem.CloseRequest>()
            .NeedsIfMatch()
            .Answers<ProblemView>()
            .Refuses(400, 403, 404)
            .Refuses("answer-contestable", "problem-closed", "problem-not-answered");
        problems
            .MapPost("/{id}/reopen", StepProblem.Reopen)
            .WithName("reopenProblem")
            .WithSummary("Contest an answer, or open a closed problem again")
            .Allows(Act.CloseProblem)
            .Takes<ReasonRequest>()
            .NeedsIfMatch()
            .Answers<ProblemView>()
            .Refuses(400, 403, 404)
            .Refuses("problem-not-answered");
        problems
            .MapPost("/{id}/due", StepProblem.Due)
            .WithName("changeProblemDue")
            .WithSummary("Give a problem another due date, with a reason")
            .Allows(Act.CoordinateProblem)
            .Takes<StepProblem.DueRequest>()
            .NeedsIfMatch()
            .Answers<ProblemView>()
            .Refuses(400, 404)
            .Refuses("date-order", "problem-closed");
        problems
            .MapPost("/{id}/override", StepProblem.Override)
            .WithName("overrideProblem")
            .WithSummary("Let the project move although the problem holds it up")
            .Allows(Act.CoordinateProblem)
            .Takes<ReasonRequest>()
            .NeedsIfMatch()
            .Answers<ProblemView>()
            .Refuses(400, 404)
            .Refuses("not-blocking", "problem-closed");
    }
}
