using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;
using Pipeline.Api.Queries;
using Pipeline.Domain.Assessment;

namespace Pipeline.Api.Features.Scores;

public static class ScoreEndpoints
{
    private static readonly QueryParameter Unit = Query.Text("unitId", "The unit's id.");

    private static readonly QueryParameter Item = Query.Text("item", "The id of the item, the bonus or the deduction.");

    public static void MapScores(this IEndpointRouteBuilder api)
    {
        var models = api.MapGroup("/score-models").Tagged("Scores", "By what units are scored, and their scores.");
        models
            .MapGet("/", DraftScoreModel.All)
            .WithName("listScoreModels")
            .WithSummary("List score models, the newest year first")
            .Allows(Act.ReadScoreModels)
            .Reads([Query.Whole("year", "Only models of this year.")])
            .Answers<Page<ScoreModelView>>();
        models
            .MapPost("/", DraftScoreModel.Post)
            .WithName("draftScoreModel")
            .WithSummary("Draft a score model for a second person to publish")
            .Allows(Act.DraftScoreModel)
            .Takes<ScoreModel>()
            .Answers<ScoreModelView>(201)
            .Refuses(400);
        models
            .MapGet("/{id}", DraftScoreModel.Single)
            .WithName("getScoreModel")
            .WithSummary("Get a score model")
            .Allows(Act.ReadScoreModels)
            .Answers<ScoreModelView>()
            .Refuses(404);
        models
            .MapPatch("/{id}", DraftScoreModel.Edit)
            .WithName("editScoreModel")
            .WithSummary("Change one's own draft of a score model")
            .Allows(Act.DraftScoreModel)
            .TakesPatchOf<ScoreModel>()
            .Answers<ScoreModelView>()
            .Refuses(400, 403, 404)
            .Refuses("draft-decided", "model-published");
        models
            .MapPost("/{id}/publish", DraftScoreModel.Publish)
            .WithName("publishScoreModel")
            .WithSummary("Publish another person's draft of a score model")
            .Allows(Act.PublishScoreModel)
            .NeedsIfMatch()
            .Answers<ScoreModelView>()
            .Refuses(404, 422)
            .Refuses("draft-decided", "model-published", "second-person-required");
        models
            .MapPost("/{id}/withdraw", DraftScoreModel.Withdraw)
            .WithName("withdrawScoreModel")
            .WithSummary("Withdraw a draft of a score model, with a reason")
            .Allows(Act.DraftScoreModel)
            .Takes<ReasonRequest>()
            .NeedsIfMatch()
            .Answers<ScoreModelView>()
            .Refuses(400, 404)
            .Refuses("draft-decided", "model-published");
        models
            .MapPost("/{id}/rehearse", RehearseScoreModel.Handle)
            .WithName("rehearseScoreModel")
            .WithSummary("Rehearse a score model on the facts of a year")
            .Allows(Act.RehearseScoreModel)
            .Takes<RehearseScoreModel.Request>()
            .Answers<ScoreRehearsal>(202)
            .Refuses(400, 404)
            .Refuses("draft-decided");
        models
            .MapGet("/{id}/rehearsals/{rehearsalId}", RehearseScoreModel.Read)
            .WithName("getScoreRehearsal")
            .WithSummary("Get a rehearsal, with the scores that it gives")
            .Allows(Act.RehearseScoreModel)
            .Answers<ScoreRehearsal>()
            .Refuses(404);
        models
            .MapGet("/{id}/marks/{unitId}/{item}", GiveMark.Read)
            .ReadsPath(Unit)
            .ReadsPath(Item)
            .WithName("getScoreMark")
            .WithSummary("Get a mark that persons give, with its versions")
            .Allows(Act.GiveMark)
            .Answers<MarkView>()
            .Refuses(404);
        models
            .MapPut("/{id}/marks/{unitId}/{item}", GiveMark.Handle)
            .ReadsPath(Unit)
            .ReadsPath(Item)
            .WithName("giveScoreMark")
            .WithSummary("Give a mark with a reason, or take it back")
            .Allows(Act.GiveMark)
            .Takes<GiveMark.Request>()
            .NeedsIfMatch()
            .Answers<MarkView>()
            .Refuses(400, 404);
        var scores = api.MapGroup("/scores").WithTags("Scores");
        scores
            .MapGet("/", ReadScores.Handle)
            .WithName("readScores")
            .WithSummary("Read the scores of a period")
            .Allows(Act.ReadScores)
            .Reads(ScoreQuery.Parameters)
            .Answers<ScorePage>();
        scores
            .MapGet("/{unitId}/explain", ExplainScore.Handle)
            .ReadsPath(Unit)
            .WithName("explainScore")
            .WithSummary("Explain the score of a unit, item by item")
            .Allows(Act.ReadScores)
            .Reads([ScoreQuery.ModelParameter, ScoreQuery.PeriodParameter])
            .Answers<ScoreExplanation>()
            .Refuses(404)
            .Refuses("not-scored");
        scores
            .MapGet("/{unitId}/gap", ReadGap.Handle)
            .ReadsPath(Unit)
            .WithName("readScoreGap")
            .WithSummary("Read what a unit lacks, and which of its own projects would do it")
            .Allows(Act.ReadScores)
            .Reads([
                ScoreQuery.ModelParameter,
                ScoreQuery.PeriodParameter,
                Query.Text(
                    "to",
                    "`target`: the year's targets; `bar`: the bar of the binding targets; `rank:3`: the third place of the group, for who reads the whole city. Without it `target`."
                ),
            ])
            .Answers<GapPage>()
            .Refuses(404, 409)
            .Refuses("ranks-withheld");
    }
}
