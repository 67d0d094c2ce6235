using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;
using Pipeline.Api.Queries;
using Pipeline.Domain.OfficeLeads;
using Pipeline.Store.OfficeLeads;

namespace Pipeline.Api.Features.OfficeLeads;

public static class OfficeLeadEndpoints
{
    public static void MapOfficeLeads(this IEndpointRouteBuilder api)
    {
        var leads = api.MapGroup("/office-leads")
            .Tagged("Office leads", "Leads of out-posted offices, which reach units only through the centre.");
        leads
            .MapGet("/", ReadLeads.List)
            .WithName("listOfficeLeads")
            .WithSummary(
                "List leads of out-posted offices, the latest first: an office's own, those a unit has, or all"
            )
            .Allows(Act.ReadOfficeLeads)
            .Reads([.. OfficeLeadFilter.Parameters, .. Query.CountedPages])
            .Answers<Page<OfficeLeadView>>();
        leads
            .MapPost("/", SubmitLead.Handle)
            .WithName("addOfficeLead")
            .WithSummary("Submit a lead of an out-posted office to the centre")
            .Allows(Act.SubmitOfficeLeads)
            .Takes<LeadBody>()
            .Answers<OfficeLeadView>(201)
            .Refuses(400, 403)
            .Refuses("office-people-only");
        leads
            .MapGet("/{id}", ReadLeads.Single)
            .WithName("getOfficeLead")
            .WithSummary("Get a lead with its contacts and steps")
            .Allows(Act.ReadOfficeLeads)
            .Answers<OfficeLeadView>()
            .Refuses(404);
        leads
            .MapPost("/{id}/answer", StepLead.Answer)
            .WithName("answerOfficeLead")
            .WithSummary("Answer the office that its lead is being looked at")
            .Allows(Act.DecideOfficeLeads)
            .Takes<StepLead.AnswerRequest>()
            .NeedsIfMatch()
            .Answers<OfficeLeadView>()
            .Refuses(400, 404)
            .Refuses("lead-state");
        leads
            .MapPost("/{id}/judge", StepLead.Judge)
            .WithName("judgeOfficeLead")
            .WithSummary("Judge a lead valid, or invalid with the reason")
            .Allows(Act.DecideOfficeLeads)
            .Takes<StepLead.JudgeRequest>()
            .NeedsIfMatch()
            .Answers<OfficeLeadView>()
            .Refuses(400, 404)
            .Refuses("lead-incomplete", "lead-state");
        leads
            .MapPost("/{id}/assign", StepLead.Assign)
            .WithName("assignOfficeLead")
            .WithSummary("Assign a valid lead to a unit, which sees it from then on")
            .Allows(Act.DecideOfficeLeads)
            .Takes<StepLead.AssignRequest>()
            .NeedsIfMatch()
            .Answers<OfficeLeadView>()
            .Refuses(400, 404)
            .Refuses("lead-state");
        leads
            .MapPost("/{id}/decline", StepLead.Decline)
            .WithName("declineOfficeLead")
            .WithSummary("Decline a valid lead, with the reason")
            .Allows(Act.DecideOfficeLeads)
            .Takes<ReasonRequest>()
            .NeedsIfMatch()
            .Answers<OfficeLeadView>()
            .Refuses(400, 404)
            .Refuses("lead-state");
        leads
            .MapPost("/{id}/report", StepLead.Report)
            .WithName("reportOfficeLead")
            .WithSummary("Report on an assigned lead, at least every 14 days")
            .Allows(Act.ReportOnLeads)
            .Takes<StepLead.ReportRequest>()
            .NeedsIfMatch()
            .Answers<OfficeLeadView>()
            .Refuses(400, 404)
            .Refuses("lead-state");
        leads
            .MapPost("/{id}/close", StepLead.Close)
            .WithName("closeOfficeLead")
            .WithSummary("Close an assigned lead: it became a project, or ended")
            .Allows(Act.ReportOnLeads)
            .Takes<StepLead.CloseRequest>()
            .NeedsIfMatch()
            .Answers<OfficeLeadView>()
            .Refuses(400, 404)
            .Refuses("lead-state");
    }
}
