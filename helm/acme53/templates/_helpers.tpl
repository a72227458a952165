{{- define "acme53.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{- define "acme53.fullname" -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- $full := ternary .Release.Name (printf "%s-%s" .Release.Name $name) (contains $name .Release.Name) -}}
{{- default $full .Values.fullnameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{- define "acme53.namespace" -}}
{{- default .Release.Namespace .Values.namespace -}}
{{- end -}}

{{- /* What Services, monitors and budgets find the Pods by; a Deployment's cannot be changed. */ -}}
{{- define "acme53.selector" -}}
app.kubernetes.io/name: {{ include "acme53.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: controller
{{- end -}}

{{- /* Labels of every object, without the users' own, as YAML. */ -}}
{{- define "acme53.ownLabels" -}}
app: {{ include "acme53.name" . }}
{{ include "acme53.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
{{- if eq .Values.creator "helm" }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{- end }}
{{- end -}}

{{- /* Takes a list: the root, and maps of more labels. Ours win, since selectors stand on them. */ -}}
{{- define "acme53.labels" -}}
{{- $root := first . -}}
{{- $all := deepCopy (default dict $root.Values.global.commonLabels) -}}
{{- range rest . }}{{ $all = mergeOverwrite $all (deepCopy (default dict .)) }}{{ end -}}
{{- mergeOverwrite $all (include "acme53.ownLabels" $root | fromYaml) | toYaml -}}
{{- end -}}

{{- define "acme53.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (ternary (include "acme53.fullname" .) "cert-manager" .Values.besideCertManager) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{- define "acme53.leaseName" -}}
{{- default (ternary "acme53-challenges" "cert-manager-controller" .Values.besideCertManager) .Values.global.leaderElection.leaseName -}}
{{- end -}}

{{- define "acme53.leaseNamespace" -}}
{{- default (default "kube-system" .Values.watchNamespace) .Values.global.leaderElection.namespace -}}
{{- end -}}

{{- define "acme53.image" -}}
{{- $image := .Values.image -}}
{{- $parts := list .Values.imageRegistry .Values.imageNamespace $image.name -}}
{{- $name := default (compact $parts | join "/") $image.repository -}}
{{- $name = compact (list $image.registry $name) | join "/" -}}
{{- if eq (base $name) "cert-manager-controller" -}}
{{- fail (printf "image.repository: %s is cert-manager's image, which this chart cannot run: name acme53's, or leave it out" $name) -}}
{{- end -}}
{{- if $image.digest -}}
{{- printf "%s@%s" $name $image.digest -}}
{{- else -}}
{{- printf "%s:%s" $name (default .Chart.AppVersion $image.tag) -}}
{{- end -}}
{{- end -}}

{{- /* "true" where Prometheus finds the Pods by their annotations. */ -}}
{{- define "acme53.scrapedByAnnotation" -}}
{{- $p := .Values.prometheus -}}
{{- if and $p.servicemonitor.enabled $p.podmonitor.enabled -}}
{{- fail "prometheus.servicemonitor.enabled and prometheus.podmonitor.enabled exclude each other: both would count everything twice" -}}
{{- end -}}
{{- if and $p.enabled (not $p.servicemonitor.enabled) (not $p.podmonitor.enabled) -}}true{{- end -}}
{{- end -}}

{{- /* The configuration file, whole. */ -}}
{{- define "acme53.config" -}}
{{- $head := dict "apiVersion" "controller.config.cert-manager.io/v1alpha1" "kind" "ControllerConfiguration" -}}
{{- mergeOverwrite $head (deepCopy .Values.config) | toYaml -}}
{{- end -}}

{{- /* The names of `--controllers`, empty where the program's own are meant. */ -}}
{{- define "acme53.controllers" -}}
{{- if .Values.besideCertManager -}}
challenges
{{- else if .Values.disableAutoApproval -}}
-certificaterequests-approver
{{- end -}}
{{- end -}}

{{- /* The controller's arguments as a YAML list, in the order of cert-manager's chart: where a flag counts once, the
last one wins. */ -}}
{{- define "acme53.args" -}}
{{- $lease := .Values.global.leaderElection -}}
- --v={{ .Values.global.logLevel }}
{{- with .Values.global.logFormat }}
- --logging-format={{ . }}
{{- end }}
{{- if .Values.config }}
- --config=/var/cert-manager/config/config.yaml
{{- end }}
- --cluster-resource-namespace={{ default "$(POD_NAMESPACE)" .Values.clusterResourceNamespace }}
{{- with .Values.watchNamespace }}
- --namespace={{ . }}
{{- end }}
- --leader-election-namespace={{ include "acme53.leaseNamespace" . }}
{{- with include "acme53.leaseName" . }}
{{- if ne . "cert-manager-controller" }}
- --leader-election-lease-name={{ . }}
{{- end }}
{{- end }}
{{- with $lease.leaseDuration }}
- --leader-election-lease-duration={{ . }}
{{- end }}
{{- with $lease.renewDeadline }}
- --leader-election-renew-deadline={{ . }}
{{- end }}
{{- with $lease.retryPeriod }}
- --leader-election-retry-period={{ . }}
{{- end }}
{{- with .Values.extraArgs }}
{{ toYaml . }}
{{- end }}
{{- with .Values.ingressShim }}
{{- with .defaultIssuerName }}
- --default-issuer-name={{ . }}
{{- end }}
{{- with .defaultIssuerKind }}
- --default-issuer-kind={{ . }}
{{- end }}
{{- with .defaultIssuerGroup }}
- --default-issuer-group={{ . }}
{{- end }}
{{- end }}
{{- with .Values.featureGates }}
- --feature-gates={{ . }}
{{- end }}
- --max-concurrent-challenges={{ .Values.maxConcurrentChallenges }}
{{- if .Values.enableCertificateOwnerRef }}
- --enable-certificate-owner-ref=true
{{- end }}
{{- if .Values.dns01RecursiveNameserversOnly }}
- --dns01-recursive-nameservers-only=true
{{- end }}
{{- with .Values.dns01RecursiveNameservers }}
- --dns01-recursive-nameservers={{ . }}
{{- end }}
{{- if and .Values.approveSignerNames (not .Values.disableAutoApproval) }}
- --approve-signer-names={{ join "," .Values.approveSignerNames }}
{{- end }}
{{- with include "acme53.controllers" . }}
- --controllers={{ . }}
{{- end }}
{{- end -}}

{{- /* One endpoint of a monitor as a YAML list. Takes a list: the monitor's values, and what names its port. */ -}}
{{- define "acme53.endpoint" -}}
{{- $m := first . -}}
{{- $endpoint := dict "path" $m.path "interval" $m.interval "scrapeTimeout" $m.scrapeTimeout "honorLabels" $m.honorLabels -}}
{{- list (mergeOverwrite $endpoint (last .) (deepCopy (default dict $m.endpointAdditionalProperties))) | toYaml -}}
{{- end -}}
