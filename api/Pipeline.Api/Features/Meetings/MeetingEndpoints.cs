using Pipeline.Api.Documents;
using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;
using Pipeline.Domain.Meetings;

namespace Pipeline.Api.Features.Meetings;

public static class MeetingEndpoints
{
    public static void MapMeetings(this IEndpointRouteBuilder api)
    {
        var meetings = api.MapGroup("/meetings")
            .Tagged(
                "Meetings",
                "Regular meetings: agendas made from the facts at a cut-off, minutes, and what was decided."
            );
        meetings
            .MapPost("/", PlanMeeting.Handle)
            .WithName("planMeeting")
            .WithSummary("Plan a meeting")
            .Allows(Act.ManageMeetings)
            .Takes<PlanMeeting.Request>()
            .Example(
                """
                { "kind": "monthly", "heldOn": "2026-05-20", "cutOffAt": "2026-05-18T09:00:00Z", "chair": "王主任" }
                """
            )
            .Answers<MeetingView>(201)
            .Refuses(400);
        meetings
            .MapGet("/", ReadMeetings.List)
            .WithName("listMeetings")
            .WithSummary("List meetings, the latest first")
            .Allows(Act.ReadMeetings)
            .Reads([
                Query.Choice<MeetingKind>("kind", "Only meetings of this kind.").OrSeveral(),
                Query.Choice<MeetingStatus>("status", "Only meetings that stand so.").OrSeveral(),
                Query.Date("from", "Only meetings held on this day or later."),
                Query.Date("to", "Only meetings held on this day or before."),
                .. Query.CountedPages,
            ])
            .Answers<Page<MeetingView>>();
        meetings
            .MapGet("/gaps", ReadMeetings.Gaps)
            .WithName("listMeetingGaps")
            .WithSummary("List the times of the last year without the meeting that should have been in them")
            .Allows(Act.ReadMeetingGaps)
            .Answers<Page<MeetingGap>>();
        meetings
            .MapGet("/{id}", ReadMeetings.Single)
            .WithName("getMeeting")
            .WithSummary("Get a meeting with its agenda and decisions")
            .Allows(Act.ReadMeetings)
            .Answers<MeetingView>()
            .Refuses(404);
        meetings
            .MapPatch("/{id}", PlanMeeting.Edit)
            .WithName("editMeeting")
            .WithSummary("Change the plan of a meeting")
            .Allows(Act.ManageMeetings)
            .TakesPatchOf<PlanMeeting.Request>()
            .Answers<MeetingView>()
            .Refuses(400, 404)
            .Refuses("agenda-issued", "meeting-ended");
        meetings
            .MapPost("/{id}/cancel", PlanMeeting.Cancel)
            .WithName("cancelMeeting")
            .WithSummary("Call a meeting off")
            .Allows(Act.ManageMeetings)
            .Takes<ReasonRequest>()
            .NeedsIfMatch()
            .Answers<MeetingView>()
            .Refuses(400, 404)
            .Refuses("agenda-issued", "meeting-ended");
        meetings
            .MapPut("/{id}/agenda/items/{itemId}", ChangeAgenda.Put)
            .WithName("putAgendaItem")
            .WithSummary("Put an item on an agenda, note something on one, or put one back")
            .Allows(Act.ManageMeetings)
            .Takes<ChangeAgenda.Request>()
            .NeedsIfMatch()
            .Answers<MeetingView>()
            .Refuses(400, 404)
            .Refuses("agenda-issued", "meeting-ended");
        meetings
            .MapDelete("/{id}/agenda/items/{itemId}", ChangeAgenda.Drop)
            .WithName("dropAgendaItem")
            .WithSummary("Take an item off an agenda, with a reason")
            .Allows(Act.ManageMeetings)
            .Takes<ReasonRequest>()
            .NeedsIfMatch()
            .Answers<MeetingView>()
            .Refuses(400, 404)
            .Refuses("agenda-issued", "meeting-ended");
        meetings
            .MapPost("/{id}/issue", IssueAgenda.Handle)
            .WithName("issueAgenda")
            .WithSummary("Freeze an agenda and send it to the participants")
            .Allows(Act.ManageMeetings)
            .NeedsIfMatch()
            .Answers<MeetingView>()
            .Refuses(404)
            .Refuses("agenda-issued", "cut-off-ahead", "meeting-ended");
        meetings
            .MapPost("/{id}/minutes", RecordMinutes.Handle)
            .WithName("recordMinutes")
            .WithSummary("Record what a meeting decided, and who was there")
            .Allows(Act.ManageMeetings)
            .Takes<RecordMinutes.Request>()
            .NeedsIfMatch()
            .Answers<MeetingView>()
            .Refuses(400, 404)
            .Refuses("agenda-not-issued", "decision-not-possible", "meeting-ended");
        meetings
            .MapPost("/{id}/close", RecordMinutes.Close)
            .WithName("closeMeeting")
            .WithSummary("Close the minutes of a meeting")
            .Allows(Act.ManageMeetings)
            .NeedsIfMatch()
            .Answers<MeetingView>()
            .Refuses(404)
            .Refuses("agenda-not-issued", "meeting-ended");
        meetings
            .MapGet("/{id}/agenda.docx", MeetingDocuments.Agenda)
            .WithName("exportAgenda")
            .WithSummary("Get an agenda as a document")
            .Allows(Act.ReadMeetings)
            .Produces(200, contentType: WordDocument.ContentType)
            .Refuses(404);
        meetings
            .MapGet("/{id}/agenda.pdf", MeetingDocuments.AgendaPdf)
            .WithName("exportAgendaPdf")
            .WithSummary("Get an agenda as pages to print and to file")
            .Allows(Act.ReadMeetings)
            .Produces(200, contentType: PdfPages.ContentType)
            .Refuses(404);
        meetings
            .MapGet("/{id}/minutes.docx", MeetingDocuments.Minutes)
            .WithName("exportMinutes")
            .WithSummary("Get the minutes of a meeting as a document")
            .Allows(Act.ReadMeetings)
            .Produces(200, contentType: WordDocument.ContentType)
            .Refuses(404);
        meetings
            .MapGet("/{id}/minutes.pdf", MeetingDocuments.MinutesPdf)
            .WithName("exportMinutesPdf")
            .WithSummary("Get the minutes of a meeting as pages to print and to file")
            .Allows(Act.ReadMeetings)
            .Produces(200, contentType: PdfPages.ContentType)
            .Refuses(404);
    }

    public static void MapActions(this IEndpointRouteBuilder api)
    {
        var actions = api.MapGroup("/actions").WithTags("Meetings");
        actions
            .MapGet("/", ListActions.Handle)
            .WithName("listActions")
            .WithSummary("List what meetings decided, the one due first at first")
            .Allows(Act.ReadActions)
            .Reads([
                Query.Text("ownerId", "Only what this unit or department is to do."),
                Query.Choice<ActionStatus>("status", "Only actions that stand so.").OrSeveral(),
                Query.Whole("carried", "Only actions that stood on at least so many agendas as undone."),
                Query.Flag("overdue", "Whether only open actions past their due date are told, or only others."),
                Query.Text("meetingId", "Only what this meeting decided."),
                Query.Project,
                .. Query.CountedPages,
            ])
            .Answers<Page<ActionView>>();
        actions
            .MapGet("/{id}", ListActions.Single)
            .WithName("getAction")
            .WithSummary("Get an action")
            .Allows(Act.ReadActions)
            .Answers<ActionView>()
            .Refuses(404);
        actions
            .MapPost("/{id}/done", StepAction.Done)
            .WithName("completeAction")
            .WithSummary("Say that an action is done, and how")
            .Allows(Act.CompleteAction)
            .Takes<StepAction.DoneRequest>()
            .NeedsIfMatch()
            .Answers<ActionView>()
            .Refuses(400, 403, 404)
            .Refuses("action-done");
        actions
            .MapPost("/{id}/due", StepAction.Due)
            .WithName("changeActionDue")
            .WithSummary("Give an action another due date, with a reason")
            .Allows(Act.CoordinateAction)
            .Takes<StepAction.DueRequest>()
            .NeedsIfMatch()
            .Answers<ActionView>()
            .Refuses(400, 404)
            .Refuses("action-done", "date-order");
        actions
            .MapPost("/{id}/reopen", StepAction.Reopen)
            .WithName("reopenAction")
            .WithSummary("Open an action again that was not done after all")
            .Allows(Act.CoordinateAction)
            .Takes<ReasonRequest>()
            .NeedsIfMatch()
            .Answers<ActionView>()
            .Refuses(400, 404)
            .Refuses("action-open");
        actions
            .MapPost("/{id}/withdraw", StepAction.Withdraw)
            .WithName("withdrawAction")
            .WithSummary("Take a decision back while the minutes are open")
            .Allows(Act.CoordinateAction)
            .Takes<ReasonRequest>()
            .NeedsIfMatch()
            .Answers<ActionView>()
            .Refuses(400, 404)
            .Refuses("action-done", "meeting-ended");
    }
}
