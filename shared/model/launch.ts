import { z } from 'zod';
import type { AppError } from '../result.ts';
import { recipeIds } from './recipe-ids.ts';

export const recipeIdSchema = z.enum(recipeIds);

/** Fields of a recipe as typed, by key. */
export const launchValuesSchema = z.record(z.string().max(40), z.string().max(20_000));

/** A recipe with a person's own values. Secrets are never part of it. */
export const ownRecipeSchema = z.strictObject({
  id: z.string().min(1).max(60),
  name: z.string().trim().min(1).max(100),
  recipe: recipeIdSchema,
  values: launchValuesSchema,
});
export type OwnRecipe = z.infer<typeof ownRecipeSchema>;

/** What was started, as its folder in the container tells; written by `start`, read by whoever finds it again. */
export const launchMetaSchema = z.object({
  name: z.string().max(200),
  recipe: recipeIdSchema,
  /** Without secrets. */
  values: launchValuesSchema,
  /** The command as it was shown, secrets hidden. */
  preview: z.string().max(200_000),
  port: z.int().min(1).max(65535).optional(),
  host: z.string().max(300).optional(),
  createdAt: z.number(),
});
export type LaunchMeta = z.infer<typeof launchMetaSchema>;

/** Why a service ended by itself, where its words tell: what a person can do differs by it. */
export interface LaunchEnd {
  readonly kind:
    | 'programMissing'
    | 'packageMissing'
    | 'libraryMissing'
    | 'fileMissing'
    | 'optionUnknown'
    | 'notAllowed'
    | 'portTaken'
    | 'gpuFull'
    | 'noGpu'
    | 'driverOld'
    | 'contextTooLong'
    | 'gated'
    | 'modelUnknown'
    | 'hubUnreachable'
    | 'diskFull'
    | 'killed';
  /** The program, package, file or option, as it was called there. */
  readonly what?: string;
}

/** How a started service is doing. */
export type LaunchState =
  /** Its processes run. `listens` tells whether its port does; a model may load for minutes before. */
  | {
      readonly kind: 'running';
      readonly since: number;
      readonly pids: readonly number[];
      readonly listens?: boolean;
    }
  /** It ended by itself. `code` above 128 is a signal's number plus 128. */
  | {
      readonly kind: 'ended';
      readonly code: number;
      readonly at: number;
      readonly lastLines: readonly string[];
      readonly why?: LaunchEnd;
    }
  /** It was stopped from here. */
  | { readonly kind: 'stopped'; readonly at: number }
  /** No process and no word of its end: the container was started anew, or everything was killed. */
  | { readonly kind: 'gone'; readonly lastLines: readonly string[] };

/** A service that was started in a container through a recipe. */
export interface Launch extends LaunchMeta {
  /** `{containerId}/{launchId}` */
  readonly id: string;
  readonly containerId: string;
  readonly launchId: string;
  readonly state: LaunchState;
  /** Bytes of its log now. */
  readonly logBytes: number;
  /** An action under way. */
  readonly busy?: 'starting' | 'stopping' | 'restarting';
  readonly problem?: AppError;
}

/** A part of a log. Lines are whole but for the last, which may still grow. */
export interface LogPart {
  /** Bytes of the log from which this part begins and where the next one begins. */
  readonly from: number;
  readonly to: number;
  /** Bytes of the whole log when it was read. */
  readonly size: number;
  readonly text: string;
}

export interface LogMatch {
  /** Counted from 1. */
  readonly line: number;
  /** Where the line begins, in bytes, so that the log can be read from there; absent where the container cannot tell. */
  readonly at?: number;
  readonly text: string;
}

/** Something new that listens, and what can be done with it. */
export interface PortOffer {
  /** The id of its service. */
  readonly id: string;
  readonly containerId: string;
  readonly port: number;
  readonly bind: 'any' | 'loopback';
  readonly process?: string;
  /** The command that opened it, cut to 200 characters. */
  readonly command?: string;
  readonly seenAt: number;
}

/** Names a launch among those of all containers. */
export const launchKey = (containerId: string, launchId: string): string => `${containerId}/${launchId}`;
