using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace Marathon.Functions.Durable;

/// <summary>Hands what an invocation is told of the Durable extension to <see cref="HostClient"/>, before the function runs.</summary>
internal sealed class DurableClientMiddleware(HostClient client) : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.FunctionDefinition.InputBindings.TryGetValue(DurableClientBinding.BindingName, out BindingMetadata? binding))
        {
            InputBindingData<string> told = await context.BindInputAsync<string>(binding);
            client.Bind(told.Value);
        }

        await next(context);
    }
}
