/**
 * Makes the templates for a new resource group out of those for an existing one, so that a resource is described once:
 * a deployment of the subscription that makes the group and deploys the inner template into it. Run after every change of the inner ones.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const folder = new URL('../deploymentTemplates/azure/', import.meta.url);
const schema = 'https://schema.management.azure.com/schemas/2018-05-01/subscriptionDeploymentTemplate.json#';

/** The whole outer template for an inner one. */
export function wrap(inner) {
  const own = {
    groupName: { type: 'string', metadata: { description: 'Name of the new resource group.' } },
    groupLocation: { type: 'string', metadata: { description: 'Region of the new resource group.' } },
  };
  // What the inner template takes from its group by default, it takes from the new group.
  const passed = Object.entries(inner.parameters).filter(([name]) => name !== 'location');
  const outputs = Object.entries(inner.outputs ?? {}).map(([name, { type }]) => [
    name,
    {
      type,
      value: `[reference(resourceId(subscription().subscriptionId, parameters('groupName'), 'Microsoft.Resources/deployments', 'lotse')).outputs.${name}.value]`,
    },
  ]);
  return {
    $schema: schema,
    contentVersion: inner.contentVersion,
    parameters: { ...own, ...Object.fromEntries(passed) },
    resources: [
      {
        type: 'Microsoft.Resources/resourceGroups',
        apiVersion: '2024-03-01',
        name: "[parameters('groupName')]",
        location: "[parameters('groupLocation')]",
      },
      {
        type: 'Microsoft.Resources/deployments',
        apiVersion: '2024-03-01',
        name: 'lotse',
        resourceGroup: "[parameters('groupName')]",
        dependsOn: ["[subscriptionResourceId('Microsoft.Resources/resourceGroups', parameters('groupName'))]"],
        properties: {
          mode: 'Incremental',
          expressionEvaluationOptions: { scope: 'inner' },
          parameters: Object.fromEntries(passed.map(([name]) => [name, { value: `[parameters('${name}')]` }])),
          template: inner,
        },
      },
    ],
    outputs: Object.fromEntries(outputs),
  };
}

for (const name of ['BotApp', 'AzureBot']) {
  const inner = JSON.parse(
    readFileSync(new URL(`deployUseExistResourceGroup/template-${name}-with-rg.json`, folder), 'utf8'),
  );
  const file = new URL(`deployWithNewResourceGroup/template-${name}-new-rg.json`, folder);
  writeFileSync(file, `${JSON.stringify(wrap(inner), null, 2)}\n`);
}
